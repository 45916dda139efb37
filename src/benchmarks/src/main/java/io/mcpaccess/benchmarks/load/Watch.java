package io.mcpaccess.benchmarks.load;

import io.mcpaccess.benchmarks.load.Cost.Part;
import java.util.Map;

/**
 * Measures what attacks cost.
 *
 * @param openFga the OpenFGA that is asked
 * @param gateway the gateway that is asked
 * @param memory the gateway's
 */
record Watch(WatchedProcess openFga, WatchedProcess gateway, JvmMemory memory) {

    /** An attack. */
    @FunctionalInterface
    interface Attacking {
        Answers run() throws InterruptedException;
    }

    Cost of(Attacking attack) throws InterruptedException {
        Map<Part, Long> before = cpu();
        long allocated = memory.allocated();
        Answers answers = attack.run();
        Map<Part, Long> after = cpu();
        return new Cost(
                answers,
                Map.of(
                        Part.GATEWAY, after.get(Part.GATEWAY) - before.get(Part.GATEWAY),
                        Part.OPENFGA, after.get(Part.OPENFGA) - before.get(Part.OPENFGA),
                        Part.GENERATOR, after.get(Part.GENERATOR) - before.get(Part.GENERATOR)),
                memory.allocated() - allocated);
    }

    private Map<Part, Long> cpu() {
        return Map.of(
                Part.GATEWAY, gateway.cpuNanos(),
                Part.OPENFGA, openFga.cpuNanos(),
                Part.GENERATOR, WatchedProcess.cpuNanos(ProcessHandle.current()));
    }
}
