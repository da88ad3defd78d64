/**
 * One coordinate that moves with a slowly changing velocity: a Kalman filter over (value, velocity) with white
 * acceleration noise, for steps of any length. The coordinates of a box are filtered apart from each other.
 * Source: Bar-Shalom, Li, Kirubarajan, "Estimation with Applications to Tracking and Navigation", 2001, 6.2.2
 * (discretised continuous white noise acceleration model).
 */
export class KalmanFilter {
  value: number;
  /** Per second. */
  velocity = 0;
  #valueVariance: number;
  #covariance = 0;
  #velocityVariance: number;

  /**
   * @param value the first observation
   * @param noise its standard deviation
   * @param velocityNoise standard deviation of the velocity, of which nothing is known yet
   */
  constructor(value: number, noise: number, velocityNoise: number) {
    this.value = value;
    this.#valueVariance = noise * noise;
    this.#velocityVariance = velocityNoise * velocityNoise;
  }

  get variance(): number {
    return this.#valueVariance;
  }

  copy(): KalmanFilter {
    const copy = new KalmanFilter(this.value, 0, 0);
    copy.velocity = this.velocity;
    copy.#valueVariance = this.#valueVariance;
    copy.#covariance = this.#covariance;
    copy.#velocityVariance = this.#velocityVariance;
    return copy;
  }

  /**
   * @param seconds >= 0
   * @param acceleration square root of the noise's spectral density: how much the velocity wanders in one second
   * @param persistence time in which the velocity falls to 1/e, in seconds; Infinity = it stays
   */
  predict(seconds: number, acceleration: number, persistence: number): void {
    if (seconds <= 0) return;
    const remaining = Math.exp(-seconds / persistence);
    const reach = persistence === Number.POSITIVE_INFINITY ? seconds : persistence * (1 - remaining);
    const density = acceleration * acceleration;
    this.value += reach * this.velocity;
    this.velocity *= remaining;
    this.#valueVariance +=
      2 * reach * this.#covariance + reach * reach * this.#velocityVariance + (density * seconds ** 3) / 3;
    this.#covariance = remaining * (this.#covariance + reach * this.#velocityVariance) + (density * seconds ** 2) / 2;
    this.#velocityVariance = remaining * remaining * this.#velocityVariance + density * seconds;
  }

  /**
   * @param noise standard deviation of the observation
   * @returns the squared innovation in units of its own variance: about 1 where the model fits
   */
  update(observation: number, noise: number): number {
    const innovation = observation - this.value;
    const total = this.#valueVariance + noise * noise;
    const valueGain = this.#valueVariance / total;
    const velocityGain = this.#covariance / total;
    this.value += valueGain * innovation;
    this.velocity += velocityGain * innovation;
    this.#velocityVariance -= velocityGain * this.#covariance;
    this.#covariance *= 1 - valueGain;
    this.#valueVariance *= 1 - valueGain;
    return (innovation * innovation) / total;
  }
}
