import type { ProblemCode } from '../../../contract/problems.ts';

type Params = Readonly<Record<string, string>>;
export type SignageProblemTexts = Record<Extract<ProblemCode, `signage-${string}`>, (params: Params) => string>;

export const signageProblems: SignageProblemTexts = {
  'signage-media': (p) =>
    `“${p.item ?? ''}” in the playlist “${p.playlist ?? ''}” cannot be shown and is skipped. Add the file again in set-up.`,
  'signage-playlist-damaged': (p) =>
    `The playlist “${p.playlist ?? ''}” was damaged and has been put aside. Put it together again in set-up, or import a copy.`,
  'signage-unwritable': () => 'The playlist cannot be saved. Check that the disk is not full and may be written to.',
};
