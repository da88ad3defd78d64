import type { AttributeName } from '../../../contract/attributes.ts';
import type { Box } from '../../../contract/geometry.ts';
import { type CardForm, cardForms, cardSizeRem, type FaceForm, faceForm } from '../faces/card-size.ts';
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
  readonly form: CardForm;
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
/** A screen full of long cards is not read by anybody. */
const mostFaces: Readonly<Record<CardForm, number>> = { full: 6, compact: 12, mini: Number.POSITIVE_INFINITY };

/** Decides how long the cards are and where they lie, and changes its mind slowly. */
export class CardPlanner {
  #form: CardForm = 'full';
  #unfitSinceMs: number | null = null;
  #roomSinceMs: number | null = null;
  #placements: ReadonlyMap<number, Placement> = new Map();
  readonly #slots = new RosterSlots();

  plan(faces: readonly PlannedFace[], around: PlanSurroundings, nowMs: number): CardPlan {
    const before = this.#form;
    let plan = this.#lay(faces, around, this.#form);
    if (!plan.fits) {
      this.#roomSinceMs = null;
      this.#unfitSinceMs ??= nowMs;
      const tooMany = faces.length > mostFaces[this.#form];
      if (tooMany || nowMs - this.#unfitSinceMs >= shrinkAfterMs) plan = this.#shrink(faces, around, plan);
    } else {
      this.#unfitSinceMs = null;
      plan = this.#growWhenRoomLasts(faces, around, plan, nowMs);
    }
    if (this.#form !== before && around.geometry.roster) {
      this.#slots.compact();
      plan = this.#lay(faces, around, this.#form);
    }
    this.#placements = plan.placements;
    return { form: this.#form, placements: plan.placements, numbers: plan.numbers };
  }

  #shrink(faces: readonly PlannedFace[], around: PlanSurroundings, unfit: Layout): Layout {
    let plan = unfit;
    for (const form of cardForms.slice(cardForms.indexOf(this.#form) + 1)) {
      this.#form = form;
      plan = this.#lay(faces, around, form);
      if (plan.fits) break;
    }
    this.#unfitSinceMs = null;
    return plan;
  }

  #growWhenRoomLasts(faces: readonly PlannedFace[], around: PlanSurroundings, fitting: Layout, nowMs: number): Layout {
    const larger = cardForms[cardForms.indexOf(this.#form) - 1];
    if (!larger) return fitting;
    const plan = this.#lay(faces, around, larger);
    if (!plan.fits) {
      this.#roomSinceMs = null;
      return fitting;
    }
    this.#roomSinceMs ??= nowMs;
    if (nowMs - this.#roomSinceMs < growAfterMs) return fitting;
    this.#roomSinceMs = null;
    this.#form = larger;
    return plan;
  }

  #lay(faces: readonly PlannedFace[], around: PlanSurroundings, form: CardForm): Layout {
    const size = (of: FaceForm): Size => {
      const rem = cardSizeRem(of, around.switches);
      return { width: Math.round(rem.width * around.rem), height: Math.round(rem.height * around.rem) };
    };
    const { geometry, gap } = around;
    if (geometry.roster) return this.#layRoster(faces, geometry.roster, size, form, gap);
    const placements = layOutLabels({
      faces: faces.map((face) => ({ id: face.id, box: face.box, card: size(faceForm(form, face.hasReading)) })),
      bounds: geometry.cards,
      gap: form === 'mini' ? gap / 2 : gap,
      previous: this.#placements,
    });
    const overlap = placements.reduce((sum, placement) => sum + placement.overlap, 0);
    return {
      placements: new Map(placements.map((placement) => [placement.id, placement])),
      numbers: new Map(),
      fits: faces.length <= mostFaces[form] && overlap <= tolerableOverlap,
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
    return { placements, numbers, fits: lastSlot < grid.capacity };
  }
}

interface Layout {
  readonly placements: ReadonlyMap<number, Placement>;
  readonly numbers: ReadonlyMap<number, number>;
  readonly fits: boolean;
}
