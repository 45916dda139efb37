package io.mcpaccess.samples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All processes of the demo, so that none is left: the last started is ended first. Threads may share it. */
final class Stage implements AutoCloseable {
    private final Path logs;
    private final Deque<ChildProcess> processes = new ArrayDeque<>();
    private boolean closed;

    Stage(Path logs) {
        this.logs = logs;
    }

    synchronized ChildProcess start(String name, List<String> command, Map<String, String> environment)
            throws IOException {
        if (closed) {
            throw new IOException("The demo is ending; " + name + " is not started.");
        }
        Map<String, String> inOurRoom = new HashMap<>(environment);
        // Also what a process leaves that had to be killed is deleted with the working directory.
        inOurRoom.put("TMPDIR", logs.toString());
        inOurRoom.merge("JAVA_OPTS", "-Djava.io.tmpdir=" + logs, (before, ours) -> before + " " + ours);
        ChildProcess process = ChildProcess.start(name, command, inOurRoom, logs);
        processes.push(process);
        return process;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
    }
}
