/** Codes with which the program ends besides 0: its window was shown by the first one, or it ended as it was told to. */
export const exitCodes = {
  /** Something else stands in the way, and is told on stderr. */
  failed: 1,
  /** The data folder is held by a program that cannot be reached from here. */
  heldElsewhere: 3,
  /** What the program must write cannot be written. */
  unwritable: 4,
} as const;
