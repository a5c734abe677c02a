type Work = () => Promise<void>;

/** Does one work at a time, in order. What can wait goes after all else, the newest of it first. */
export class WorkQueue {
  add(work: Work, canWait = false): void {
    (canWait ? this.patient : this.next).push(work);
    if (!this.isWorking) {
      this.isWorking = true;
      void this.workOff();
    }
  }

  private async workOff(): Promise<void> {
    // Messages that arrived together are all heard before the first is answered.
    await Promise.resolve();
    for (let work = this.take(); work; work = this.take()) {
      await work();
    }
    this.isWorking = false;
  }

  private take(): Work | undefined {
    return this.next.shift() ?? this.patient.pop();
  }

  private next: Work[] = [];
  private patient: Work[] = [];
  private isWorking = false;
}
