package io.mcpaccess.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an attack was answered.
 *
 * @param latencies one time a request, errors included
 * @param faults how many requests were answered with which status other than 200; 0 stands for no answer
 * @param nanos how long the attack took
 */
record Answers(Latencies latencies, Map<Integer, Long> faults, long nanos) {

    static final Answers NONE = new Answers(new Latencies(), Map.of(), 0);

    /** Both together; attacks by turns took their times one after the other. */
    Answers and(Answers other) {
        Latencies all = new Latencies();
        all.addAll(latencies);
        all.addAll(other.latencies);
        Map<Integer, Long> both = new TreeMap<>(faults);
        other.faults.forEach((status, count) -> both.merge(status, count, Long::sum));
        return new Answers(all, both, nanos + other.nanos);
    }

    Answers within(long time) {
        return new Answers(latencies, faults, time);
    }

    long errors() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }

    int count() {
        return latencies.size();
    }

    double perSecond() {
        return count() / (nanos / 1e9);
    }
}
