export type ModelErrorReason = 'missing' | 'damaged' | 'foreign';

/**
 * Why a model file cannot be used. `missing`: there is no such file or it may not be read. `damaged`: it is there but
 * is not a whole ONNX model. `foreign`: a sound model, but not one of the kind that is wanted.
 */
export class ModelError extends Error {
  readonly reason: ModelErrorReason;

  /** @param detail technical reason for the log; the sentence for the operator is made elsewhere from the reason */
  constructor(reason: ModelErrorReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'ModelError';
    this.reason = reason;
  }
}
