package io.mcpaccess.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What attacks cost.
 *
 * @param answers what they were answered
 * @param cpu nanoseconds of the processor by process
 * @param garbage bytes that the gateway allocated
 */
record Cost(Answers answers, Map<Part, Long> cpu, long garbage) {

    static final Cost NONE = new Cost(Answers.NONE, Map.of(), 0);

    /** Those that take part. */
    enum Part {
        GATEWAY("gateway"),
        OPENFGA("OpenFGA"),
        GENERATOR("load generator");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    Cost and(Cost other) {
        Map<Part, Long> sum = new LinkedHashMap<>(cpu);
        other.cpu.forEach((part, nanos) -> sum.merge(part, nanos, Long::sum));
        return new Cost(answers.and(other.answers), sum, garbage + other.garbage);
    }

    /** Microseconds of the processor that a part spent on one request. */
    double micros(Part part) {
        return cpu.getOrDefault(part, 0L) / 1e3 / answers.count();
    }

    /** Bytes that the gateway allocated for one request. */
    double bytes() {
        return (double) garbage / answers.count();
    }
}
