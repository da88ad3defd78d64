/** What fetches and installs updates, as the service sees it. */
export interface Updater {
  /** Looks for a newer version there and fetches it. @throws when the address does not answer or answers nonsense */
  check(address: string): Promise<void>;
  /** What has been fetched is not installed after all, and what is being fetched is not fetched to its end. */
  forget(): void;
  /** Ends the application, installs what has been fetched, and starts it again. */
  installAndRestart(): void;
}

export interface UpdaterEvents {
  /** A version has been fetched and checked; it is installed when the application ends. */
  readonly onFetched: (version: string) => void;
  readonly onError: (error: unknown) => void;
}
