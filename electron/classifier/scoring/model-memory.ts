/** Bytes that a model takes: `ram` of this machine, `vram` of its GPU, 0 where it uses none. */
export interface ModelMemory {
  ram: number;
  vram: number;
}
