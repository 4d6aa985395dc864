// What happens next. One queue for the whole network, so that its order follows from the seed alone: by time, and at one moment in
// the order in which it was planned.

export interface Planned {
  readonly dueMs: number;
  readonly order: number;
  /** Whose process it runs in; undefined for the world's own doings. */
  readonly owner: string | undefined;
  readonly act: () => void;
  isCancelled: boolean;
}

export class EventQueue {
  readonly #heap: Planned[] = [];
  #order = 0;
  #nowMs = 0;

  /** Since the run began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** @returns what cancels it. */
  plan(delayMs: number, act: () => void, owner?: string): () => void {
    const planned = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, owner, act, isCancelled: false };
    this.#order += 1;
    this.#push(planned);
    return () => {
      planned.isCancelled = true;
    };
  }

  /** Takes the next one out and lets the time pass to it; undefined when nothing is due before `endMs`. */
  next(endMs: number): Planned | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || first.dueMs > endMs) {
        this.#nowMs = Math.max(this.#nowMs, endMs);
        return undefined;
      }
      this.#pop();
      if (first.isCancelled) continue;
      this.#nowMs = first.dueMs;
      return first;
    }
  }

  #push(planned: Planned): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(planned);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] as Planned;
      if (!isBefore(planned, other)) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = planned;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Planned;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Planned, heap[below] as Planned)) below += 1;
      if (!isBefore(heap[below] as Planned, last)) break;
      heap[at] = heap[below] as Planned;
      at = below;
    }
    heap[at] = last;
  }
}

function isBefore(one: Planned, other: Planned): boolean {
  return one.dueMs === other.dueMs ? one.order < other.order : one.dueMs < other.dueMs;
}
