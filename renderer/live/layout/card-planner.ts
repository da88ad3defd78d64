import type { AttributeName } from '../../../contract/attributes.ts';
import type { Box } from '../../../contract/geometry.ts';
import {
  type CardForm,
  type CardLevel,
  cardSizeRem,
  type FaceForm,
  faceForm,
  levelsBeside,
  levelsInRoster,
} from '../faces/card-size.ts';
import { layOutLabels, type Placement } from './label-layout.ts';
import type { Size } from './rectangles.ts';
import { RosterSlots, rosterGrid, slotBox } from './roster-layout.ts';
import type { StageGeometry } from './stage-geometry.ts';

export interface PlannedFace {
  readonly id: number;
  /** On the stage, in CSS pixels. */
  readonly box: Box;
  readonly hasReading: boolean;
}

export interface CardPlan {
  readonly level: CardLevel;
  readonly placements: ReadonlyMap<number, Placement>;
  /** Numbers that tie a card of the roster to its face; empty where cards lie beside their faces. */
  readonly numbers: ReadonlyMap<number, number>;
}

export interface PlanSurroundings {
  readonly geometry: StageGeometry;
  /** Pixels of one rem. */
  readonly rem: number;
  readonly gap: number;
  readonly switches: Readonly<Record<AttributeName, boolean>>;
}

/** Cards overlapping by more than this share in sum call for a shorter form. */
const tolerableOverlap = 0.06;
/** How long a form must not fit before it is given up, and a larger one must fit before it is taken. */
const shrinkAfterMs = 350;
const growAfterMs = 1600;
/** A picture full of long cards is not seen by anybody. */
const mostBeside: Readonly<Record<CardForm, number>> = { full: 6, compact: 12, mini: Number.POSITIVE_INFINITY };

/** Decides how long the cards are and where they lie, and changes its mind slowly. */
export class CardPlanner {
  #levels = levelsBeside;
  #index = 0;
  #unfitSinceMs: number | null = null;
  #roomSinceMs: number | null = null;
  #placements: ReadonlyMap<number, Placement> = new Map();
  readonly #slots = new RosterSlots();

  plan(faces: readonly PlannedFace[], around: PlanSurroundings, nowMs: number): CardPlan {
    this.#useLevels(around.geometry.roster ? levelsInRoster : levelsBeside);
    const before = this.#index;
    let plan = this.#lay(faces, around, before);
    if (plan.fits) {
      this.#unfitSinceMs = null;
      plan = this.#growWhenRoomLasts(faces, around, plan, nowMs);
    } else {
      this.#roomSinceMs = null;
      this.#unfitSinceMs ??= nowMs;
      if (plan.crowded || nowMs - this.#unfitSinceMs >= shrinkAfterMs) plan = this.#shrink(faces, around, plan);
    }
    if (this.#index !== before && around.geometry.roster) {
      this.#slots.compact();
      plan = this.#lay(faces, around, this.#index);
    }
    this.#placements = plan.placements;
    return { level: this.#level(this.#index), placements: plan.placements, numbers: plan.numbers };
  }

  #useLevels(levels: readonly CardLevel[]): void {
    if (levels === this.#levels) return;
    this.#levels = levels;
    this.#index = 0;
    this.#placements = new Map();
  }

  #level(index: number): CardLevel {
    return this.#levels[index] as CardLevel;
  }

  #shrink(faces: readonly PlannedFace[], around: PlanSurroundings, unfit: Layout): Layout {
    let plan = unfit;
    while (!plan.fits && this.#index < this.#levels.length - 1) {
      this.#index += 1;
      plan = this.#lay(faces, around, this.#index);
    }
    this.#unfitSinceMs = null;
    return plan;
  }

  #growWhenRoomLasts(faces: readonly PlannedFace[], around: PlanSurroundings, fitting: Layout, nowMs: number): Layout {
    if (this.#index === 0) return fitting;
    const plan = this.#lay(faces, around, this.#index - 1);
    if (!plan.fits) {
      this.#roomSinceMs = null;
      return fitting;
    }
    this.#roomSinceMs ??= nowMs;
    if (nowMs - this.#roomSinceMs < growAfterMs) return fitting;
    this.#roomSinceMs = null;
    this.#index -= 1;
    return plan;
  }

  #lay(faces: readonly PlannedFace[], around: PlanSurroundings, index: number): Layout {
    const { form, scale } = this.#level(index);
    const { geometry, gap } = around;
    const pixels = around.rem * scale;
    const size = (of: FaceForm): Size => {
      const rem = cardSizeRem(of, around.switches);
      return { width: Math.round(rem.width * pixels), height: Math.round(rem.height * pixels) };
    };
    if (geometry.roster) return this.#layRoster(faces, geometry.roster, size, form, gap);
    const placements = layOutLabels({
      faces: faces.map((face) => ({ id: face.id, box: face.box, card: size(faceForm(form, face.hasReading)) })),
      bounds: geometry.cards,
      gap: form === 'mini' ? gap / 2 : gap,
      previous: this.#placements,
    });
    const overlap = placements.reduce((sum, placement) => sum + placement.overlap, 0);
    const crowded = faces.length > mostBeside[form];
    return {
      placements: new Map(placements.map((placement) => [placement.id, placement])),
      numbers: new Map(),
      crowded,
      fits: !crowded && overlap <= tolerableOverlap,
    };
  }

  #layRoster(
    faces: readonly PlannedFace[],
    region: Box,
    size: (of: FaceForm) => Size,
    form: CardForm,
    gap: number,
  ): Layout {
    const card = size(form);
    const grid = rosterGrid(region, card, gap);
    const placements = new Map<number, Placement>();
    const numbers = new Map<number, number>();
    const readable = new Map(faces.map((face) => [face.id, face.hasReading]));
    let lastSlot = -1;
    for (const [id, slot] of this.#slots.assign(faces.map((face) => face.id))) {
      const box = slotBox(slot, grid, region, card, gap);
      const own = size(faceForm(form, readable.get(id) === true));
      placements.set(id, { id, anchor: `grid-slot-${slot}`, box: { ...box, ...own }, overlap: 0 });
      numbers.set(id, slot + 1);
      lastSlot = Math.max(lastSlot, slot);
    }
    const crowded = faces.length > grid.capacity;
    return { placements, numbers, crowded, fits: lastSlot < grid.capacity };
  }
}

interface Layout {
  readonly placements: ReadonlyMap<number, Placement>;
  readonly numbers: ReadonlyMap<number, number>;
  /** Too many faces for this level, wherever they are: it is given up at once. */
  readonly crowded: boolean;
  readonly fits: boolean;
}
