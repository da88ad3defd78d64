/** What every table and measure of an export means; goes into each export and into docs/data-dictionary.md. */
export const dataDictionary = {
  columns: {
    table: 'The table that the figure belongs to.',
    from_day: 'First day that the figure covers; empty = nothing of the range is published yet.',
    to_day:
      'Last day that the figure covers, included. Days with too few people are published together with later ones, and tables with many classes once there are enough people for them: they may cover fewer days.',
    group: 'What the figure is of: an hour (0 to 23), a weekday (1 = Monday), an age band, an attribute, an item.',
    subgroup: 'The second part of it: an hour of a weekday, a gender, a class of an attribute, the name of an item.',
    measure: 'What was counted or computed; see measures.',
    value:
      'The figure. Empty = hidden, because it would stand for too few people, or nothing of it is published or was counted.',
    low: 'Lower end of the 95 % interval, where there is one.',
    high: 'Upper end of the 95 % interval.',
    hidden_in:
      'In how many publications (days or blocks of days) people of the figure are hidden, or not told from those of other weekdays; with a value, it is "at least".',
  },
  measures: {
    passers_by: 'Faces that came into view; a person who comes twice is counted twice.',
    watchers: 'Passers-by who turned to the screen for at least the watching time. In items: during the plays.',
    days: 'How many such weekdays are in the figures: those that were published by themselves. For a mean per day.',
    watch_rate: 'Watchers divided by passers-by, 0 to 1 (Wilson interval).',
    mean_dwell_ms: 'Mean time in view of a passer-by, ms.',
    median_dwell_ms: 'Median of the same, interpolated in its step.',
    mean_attention_ms: 'Mean time that a watcher was turned to the screen, ms.',
    median_attention_ms: 'Median of the same, interpolated in its step.',
    attention_ratio: 'Time turned to the screen divided by time in view, over all passers-by, 0 to 1.',
    people: 'People whose time lies in the step `from-to`, ms.',
    mean_ms: 'Mean of the distribution, ms.',
    median_ms: 'Median of the distribution, ms.',
    share: 'Share of the people whose class is known, 0 to 1.',
    share_corrected: 'The share corrected by the known errors of the network; an estimate.',
    plays: 'How often the item was shown.',
    completion: 'Share of the plays that ran to their end, 0 to 1.',
    watchers_per_play: 'Watchers divided by plays.',
    attention_ms_per_play: 'Time watchers were turned to the screen, per play, ms.',
  },
} as const;

/** The same for the export of plays. */
export const playsDictionary = {
  columns: {
    kind: 'What the line is; see kinds. Only lines of one kind may be added up.',
    start: 'When the item came on screen, UTC, to the millisecond. Kind play only.',
    end: 'When it left it. Kind play only.',
    from_day:
      'First day of the line, in the time zone of the export: of a play, that of its start; else of the publication.',
    to_day: 'Last day of the line, included.',
    screen:
      'main, or the number that the system gave the display. Empty for the audience, which is that of the main screen.',
    playlist: 'Id of the playlist, which is the name of its folder.',
    item: 'Id of the item in its playlist.',
    name: 'Name of the item now, or its id where it is gone.',
    reason: 'schedule: it was its turn. Empty where a rule may have brought it: which one it was is not told.',
    plays: 'How many plays the line stands for.',
    completed: 'How many of them ran to their end.',
    shown_ms: 'How long it was on screen, ms. Kind play only.',
    watchers: 'Watchers during the plays; who saw two plays is counted in both. Kind audience only; empty = hidden.',
    attention_ms: 'How long they were turned to the screen, ms. Hidden with the watchers whose time it is.',
  },
  kinds: {
    play: 'One play, with its exact times, of a playlist without rules: the clock alone decided when it came.',
    plays:
      'The plays of an item during a publication (a day or several), where people before the camera could change what played, or where the single plays are too old to be kept.',
    audience:
      'The audience of an item during a publication, as on the page Insights. There is none of a single play: it would often be that of a single person.',
  },
} as const;
