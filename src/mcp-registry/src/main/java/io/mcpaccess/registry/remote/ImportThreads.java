package io.mcpaccess.registry.remote;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that imports need beside their caller's: a timer that gives requests up, and a few for name lookups. */
public final class ImportThreads implements AutoCloseable {

    private static final int LOOKUPS = 8;

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor lookups;

    /** Starts nothing until something is to do. */
    public ImportThreads() {
        timer = new ScheduledThreadPoolExecutor(1, named("mcp-import-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(30, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        lookups = new ThreadPoolExecutor(
                0, LOOKUPS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named("mcp-import-lookup"));
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    Executor lookups() {
        return lookups;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        lookups.shutdownNow();
    }
}
