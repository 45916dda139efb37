package io.mcpaccess.benchmarks.load;

/**
 * What an attack was answered.
 *
 * @param latencies one time a request, errors included
 * @param errors requests that were not answered with 200
 * @param nanos how long the attack took
 */
record Answers(Latencies latencies, long errors, long nanos) {

    static final Answers NONE = new Answers(new Latencies(), 0, 0);

    /** Both together; attacks by turns took their times one after the other. */
    Answers and(Answers other) {
        Latencies all = new Latencies();
        all.addAll(latencies);
        all.addAll(other.latencies);
        return new Answers(all, errors + other.errors, nanos + other.nanos);
    }

    Answers within(long time) {
        return new Answers(latencies, errors, time);
    }

    int count() {
        return latencies.size();
    }

    double perSecond() {
        return count() / (nanos / 1e9);
    }
}
