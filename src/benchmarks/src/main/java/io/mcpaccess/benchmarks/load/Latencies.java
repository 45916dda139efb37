package io.mcpaccess.benchmarks.load;

import java.util.Arrays;

/** Times in nanoseconds. For one thread. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;
    private boolean isSorted = true;

    void add(long each) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = each;
        isSorted = false;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.size; i++) {
            add(others.nanos[i]);
        }
    }

    int size() {
        return size;
    }

    /** Within how many milliseconds so many percent were answered; NaN of nothing. */
    double millis(double percent) {
        if (size == 0) {
            return Double.NaN;
        }
        if (!isSorted) {
            Arrays.sort(nanos, 0, size);
            isSorted = true;
        }
        int place = (int) Math.ceil(size * percent / 100) - 1;
        return nanos[Math.max(0, Math.min(size - 1, place))] / 1e6;
    }
}
