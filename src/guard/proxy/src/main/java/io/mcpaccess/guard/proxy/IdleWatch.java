package io.mcpaccess.guard.proxy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes streams on which nothing came for too long: a server that is gone without a word must not hold a thread. */
final class IdleWatch implements AutoCloseable {
    private final Duration longest;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "proxy-idle-watch");
        thread.setDaemon(true);
        return thread;
    });

    IdleWatch(Duration longest) {
        this.longest = longest;
    }

    /**
     * @param stream a stream of the server
     * @return the same, watched until it is closed; a read fails once it was silent for too long
     */
    InputStream watched(InputStream stream) {
        return new Watched(stream);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private final class Watched extends FilterInputStream {
        private final ScheduledFuture<?> check;
        private volatile long lastRead = System.nanoTime();
        private volatile boolean silent;

        Watched(InputStream stream) {
            super(stream);
            long period = Math.max(1, longest.toMillis() / 4);
            check = timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            lastRead = System.nanoTime();
            if (silent) {
                throw new IOException("the MCP server was silent for " + longest.toSeconds() + " s");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            check.cancel(false);
            super.close();
        }

        private void look() {
            if (System.nanoTime() - lastRead > longest.toNanos()) {
                silent = true;
                try {
                    close();
                } catch (IOException alreadyGone) {
                    // Its reader ends either way.
                }
            }
        }
    }
}
