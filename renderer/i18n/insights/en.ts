import type { AuditKind, HeadlineName } from '../../../contract/insights.ts';
import type { PresetName } from '../../insights/period/period.ts';

const preset: Record<PresetName | 'custom', string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  last7: 'Last 7 days',
  last28: 'Last 28 days',
  thisMonth: 'This month',
  custom: 'Choose days',
};

const headline: Record<HeadlineName, string> = {
  passersBy: 'Passers-by',
  watchers: 'Watchers',
  watchRate: 'Watch rate',
  meanDwellMs: 'Time before the screen',
  medianDwellMs: 'Time before the screen, median',
  meanAttentionMs: 'Attention',
  medianAttentionMs: 'Attention, median',
  attentionRatio: 'Attention ratio',
};

const headlineHint: Record<HeadlineName, string> = {
  passersBy: 'faces seen, however briefly',
  watchers: 'turned to the screen',
  watchRate: 'of passers-by became watchers',
  meanDwellMs: 'a passer-by, on average',
  medianDwellMs: 'half stayed longer',
  meanAttentionMs: 'a watcher, on average',
  medianAttentionMs: 'half looked longer',
  attentionRatio: 'of that time facing the screen',
};

const audit: Record<AuditKind, string> = {
  'settings-changed': 'Settings changed',
  'pin-changed': 'PIN changed',
  'preset-applied': 'Privacy preset applied',
  exported: 'Figures exported',
  'report-printed': 'Report saved as PDF',
  'statistics-deleted': 'All figures deleted',
  'retention-deleted': 'Old figures deleted by age',
  'audit-exported': 'Audit log exported',
};

/** Texts of the page "Insights", of its report on paper, and of what guards the figures in set-up. */
export const insights = {
  title: 'Insights',
  setup: 'Set-up',
  close: 'Close insights',
  views: 'Pages behind the PIN',
  loading: 'Reading the figures …',
  retry: 'Try again',
  failed: 'The figures could not be read.',

  period: {
    label: 'Period',
    preset,
    from: 'From',
    to: 'To',
    show: 'Show',
    fault: {
      incomplete: 'Choose both days.',
      backwards: 'The first day has to come before the last.',
      'too-long': 'That is too long. Choose at most two years.',
    },
    compared: (range: string) => `compared with ${range}`,
    coverage: (days: string, all: string) => `${days} of ${all} days`,
    coverageSpan: (days: string, all: string, span: string) => `Covers ${days} of ${all} days: ${span}`,
    coverageNone: 'No day of this period is complete yet.',
  },

  today: {
    title: 'Today so far',
    passersBy: 'passers-by',
    watchers: 'watchers',
    inView: 'in view now',
    watching: 'watching now',
    atLeast: (count: string) => `${count}+`,
    hint: (size: string) =>
      `Rounded down to whole groups of ${size}, to protect people. Details of a day come when the day is over.`,
  },

  headlines: 'Headline figures',
  headline,
  headlineHint,
  median: (value: string) => `median ${value}`,
  interval: (low: string, high: string) => `95 % certain: ${low} to ${high}`,
  points: (change: string) => `${change} points`,
  change: (change: string) => `${change} against the period before`,
  noChange: 'no earlier figures',
  withinChance: 'within chance',
  up: 'more',
  down: 'less',
  tooFew: 'Too few people',

  chart: 'Chart',
  table: 'Table',
  asTable: (title: string) => `Show ${title} as a table`,
  asChart: (title: string) => `Show ${title} as a chart`,
  tableOf: (title: string) => `Table: ${title}`,
  total: 'All',
  share: 'Share',
  people: 'People',
  intervalColumn: '95 % interval',
  correctedColumn: 'Corrected (estimate)',
  corrected: 'Corrected estimate',
  correctedHint: 'The diamond is an estimate: the share corrected by how often the network is known to err.',
  atLeast: (count: string) => `at least ${count}`,
  hidden: 'not shown',
  hiddenLong: (size: string) => `Fewer than ${size} people: not shown, to protect them.`,
  hiddenKey: (size: string) => `Hatched: fewer than ${size} people, not shown to protect them`,
  protectedNote: (size: string) =>
    `Groups of fewer than ${size} people are never shown, and others with them where they could be worked out. “At least” marks figures of which a part is hidden.`,
  notEnough: 'Not enough people yet',
  notEnoughText: (size: string) =>
    `These figures appear once enough people have passed: no group of fewer than ${size} is ever shown.`,
  nobody: 'Nobody was counted in this period.',

  empty: {
    title: 'No figures for these days yet',
    today: 'Today is still going on. You see it live above; its details are here tomorrow.',
    text: 'A day appears here when it is over, and when enough people have passed that nobody can be singled out.',
    never: 'Vitrine has just begun to count. The first figures appear tomorrow.',
    /** What the first and the last day with figures are. */
    have: (span: string) => `There are figures for ${span}.`,
    showThem: 'Show the latest week',
  },

  days: {
    title: 'Day by day',
    day: 'Day',
    summary: (day: string, count: string) => `Most watchers on ${day}: ${count}.`,
    passersBy: 'Passers-by',
    watchers: 'Watchers',
  },
  heatMap: {
    title: 'When they look',
    summary: (slot: string, count: string) => `Busiest: ${slot}, about ${count} watchers an hour.`,
    slot: (weekday: string, hour: string) => `${weekday} ${hour}`,
    fewer: 'fewer',
    more: 'more',
    unit: 'Watchers an hour, mean',
    hour: 'Hour',
    weekday: 'Weekday',
    cell: (slot: string, count: string) => `${slot}: ${count} an hour`,
  },
  ageGender: {
    title: 'Who looks',
    summary: (group: string, share: string) => `Largest group: ${group}, ${share} of the watchers shown.`,
    unsure: (count: string) => `Unsure of age or gender: ${count}`,
    age: 'Age',
    years: (band: string) => `${band} years`,
    unsureName: 'Unsure',
    notCounted: 'Not counted',
    corrected: (shares: string) => `Estimate, corrected by how often the network is known to err: ${shares}`,
    apparent: 'Apparent age and gender are what the network sees, not what people are.',
  },
  attributes: {
    title: 'What they look like',
    choose: 'Attribute',
    summary: (name: string, share: string) => `${name}: ${share}.`,
    unsure: (count: string) => `Unsure: ${count}`,
    notCountedNow: 'Not counted at present',
    step: (from: string, to: string) => `${from}–${to} %`,
    yes: 'Yes',
    no: 'No',
    value: 'Value',
  },
  durations: {
    dwell: 'How long they stay',
    attention: 'How long they look',
    summary: (median: string, mean: string) => `Half more than ${median}, on average ${mean}.`,
    step: (from: string, to: string) => `${from}–${to}`,
    open: (from: string) => `${from} +`,
    time: 'Time',
    seconds: (seconds: string) => `${seconds}\u00a0s`,
    minutes: (minutes: string) => `${minutes}\u00a0min`,
    minutesSeconds: (minutes: string, seconds: string) => `${minutes}\u00a0min\u00a0${seconds}\u00a0s`,
  },
  items: {
    title: 'What they look at',
    summary: (name: string, count: string) => `Most watched: ${name}, ${count} watchers a play.`,
    item: 'Item',
    plays: 'Plays',
    completion: 'Played to the end',
    watchers: 'Watchers',
    perPlay: 'Watchers a play',
    attentionPerPlay: 'Attention a play',
    none: 'No item was played in this period.',
    noneText: 'Put pictures or films into the playlist, and this shows which of them are looked at.',
    twice: 'Who saw two plays is counted in both.',
  },

  export: {
    title: 'Take the figures with you',
    label: 'Export',
    csv: 'CSV',
    json: 'JSON',
    parquet: 'Parquet',
    as: (format: string) => `Export as ${format}`,
    print: 'Report (PDF)',
    busy: 'Writing …',
    saved: (files: string) => `Saved: ${files}`,
    cancelled: 'Nothing was saved.',
  },

  print: {
    title: 'Audience report',
    page: (generated: string) => `Made by Vitrine on ${generated}`,
    footer: (size: string) =>
      `Anonymous counts only: no pictures, no identities. Groups of fewer than ${size} people are not shown. Shares are of the people shown; intervals are 95 %.`,
  },

  privacy: {
    presets: 'Preset',
    preset: {
      'counting-only': 'Counting only',
      'no-expression': 'No expression',
      everything: 'Everything, for research',
      own: 'Own choice',
    },
    presetHint: {
      'counting-only': 'How many pass, watch and for how long. Nothing about what they look like.',
      'no-expression': 'All attributes but the expression of the face. The usual choice.',
      everything: 'Expressions too. Only with a legal basis, and with the notice saying so.',
    },
    retention: 'How long figures are kept',
    deleteTitle: 'Delete everything',
    deleteText: 'Deletes every figure, damaged copies of the file and the logs. It cannot be undone.',
    deleteOpen: 'Delete all figures …',
    deleteWord: 'DELETE',
    deleteType: (word: string) => `Type ${word} to confirm`,
    deleteAudit: 'Delete the audit log as well',
    deleteAuditHint: 'The deletion itself stays on record.',
    deleteConfirm: 'Delete everything',
    deleteBusy: 'Deleting …',
    deleted: 'Everything that was counted has been deleted.',
    deletedPartly: (files: string) => `Deleted, except what another program holds open: ${files}`,
    cancel: 'Cancel',
  },

  audit: {
    title: 'Audit log',
    intro: 'Who looks after data protection sees here what was changed, exported and deleted, and when.',
    kind: audit,
    when: 'When',
    what: 'What',
    details: 'Details',
    kept: (days: string) => `Entries are kept for ${days} days. They name no person.`,
    empty: 'Nothing has been recorded yet.',
    older: 'Show older entries',
    export: 'Export the log (CSV)',
    change: (before: string, after: string) => `${before} → ${after}`,
  },
};

export type InsightsMessages = typeof insights;
