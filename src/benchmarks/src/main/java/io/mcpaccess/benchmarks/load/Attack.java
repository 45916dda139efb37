package io.mcpaccess.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Puts the questions of a side on so many connections, a thread each. */
final class Attack {

    private final Side side;
    private final int connections;

    Attack(Side side, int connections) {
        this.side = side;
        this.connections = connections;
    }

    /** One after the other on each connection, as fast as answers come. */
    Answers fast(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        return run(turn -> System.nanoTime() < end ? System.nanoTime() : 0);
    }

    /** A given number, as fast as answers come. */
    Answers fast(long number) throws InterruptedException {
        return run(turn -> turn < number ? System.nanoTime() : 0);
    }

    /** At a fixed rate: what has to wait for a free connection counts as slow from the moment when it was due. */
    Answers paced(double perSecond, Duration length) throws InterruptedException {
        long start = System.nanoTime();
        long number = (long) (perSecond * length.toMillis() / 1000);
        return run(turn -> turn < number ? start + (long) (turn * 1e9 / perSecond) : 0);
    }

    /** Says when a turn is due, in the nanoseconds of {@link System#nanoTime}; 0: there is none. */
    private interface Schedule {
        long due(long turn);
    }

    private Answers run(Schedule schedule) throws InterruptedException {
        AtomicLong turns = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long start = System.nanoTime();
            List<Future<Answers>> parts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                parts.add(threads.submit(() -> asked(schedule, turns)));
            }
            Answers all = Answers.NONE;
            for (Future<Answers> part : parts) {
                all = all.and(part.get());
            }
            return all.within(System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IllegalStateException(side.name() + " could not be asked", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Answers asked(Schedule schedule, AtomicLong turns) throws IOException {
        Latencies latencies = new Latencies();
        Map<Integer, Long> faults = new HashMap<>();
        Connection connection = new Connection(side.server());
        try {
            for (long turn = turns.getAndIncrement(); ; turn = turns.getAndIncrement()) {
                long due = schedule.due(turn);
                if (due == 0) {
                    return new Answers(latencies, faults, 0);
                }
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                try {
                    int status = connection.ask(
                            side.requests().get((int) (turn % side.requests().size())));
                    if (status != 200) {
                        faults.merge(status, 1L, Long::sum);
                    }
                } catch (IOException e) {
                    faults.merge(0, 1L, Long::sum);
                    connection.close();
                    connection = new Connection(side.server());
                }
                latencies.add(System.nanoTime() - due);
            }
        } finally {
            connection.close();
        }
    }
}
