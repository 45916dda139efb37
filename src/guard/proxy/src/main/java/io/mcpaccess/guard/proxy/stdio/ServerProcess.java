package io.mcpaccess.guard.proxy.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpaccess.guard.jsonrpc.StrictMessageJson;
import io.mcpaccess.guard.proxy.settings.UpstreamSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that is an MCP server. Messages go to its standard input and come from its standard output, one a line; what it
 * says on standard error goes to the log with its name, never into an answer. Java reads pipes with threads only: three for
 * each process, and the number of processes is bounded. Threads may share it.
 */
final class ServerProcess {
    private static final Logger LOG = LoggerFactory.getLogger("io.mcpaccess.guard.stdio");
    private static final int MOST_MESSAGE_BYTES = 1 << 24;
    private static final int MOST_LOG_BYTES = 1000;
    private static final int MOST_WAITING = 64;
    private static final long GRACE_SECONDS = 2;
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final byte[] END = new byte[0];

    private final String name;
    private final Process process;
    private final BlockingQueue<byte[]> input = new ArrayBlockingQueue<>(MOST_WAITING);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();
    private volatile long looked;

    /**
     * Starts it.
     *
     * @param name of server and session, for the log
     * @param settings the command and all of its environment
     * @param subject whose session it is, in its environment as {@code MCP_SUBJECT}; empty for not told
     * @param messages gets each message that it writes, on a thread of its own which may be kept waiting
     * @throws IOException when the program cannot be started
     */
    ServerProcess(String name, UpstreamSettings.Stdio settings, Optional<String> subject, Consumer<JsonNode> messages)
            throws IOException {
        this.name = name;
        ProcessBuilder builder = new ProcessBuilder(settings.command());
        settings.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        builder.environment().clear();
        builder.environment().putAll(settings.environment());
        subject.ifPresent(who -> builder.environment().put("MCP_SUBJECT", who));
        this.process = builder.start();
        // What it has started may keep its output open.
        process.onExit().thenRunAsync(() -> {
            stop();
            ended.complete(null);
        });
        thread("in", this::write);
        thread("err", this::log);
        thread("out", () -> read(messages));
    }

    /**
     * @param message without a line break
     * @return false when the program does not read what it is sent
     */
    boolean send(byte[] message) {
        return process.isAlive() && input.offer(message);
    }

    /**
     * @return completes when it writes no more
     */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Ends it with all that it started: first by its closed input, then by a signal, then by force. */
    void stop() {
        look();
        List<ProcessHandle> all = new ArrayList<>(started);
        all.add(process.toHandle());
        input.clear();
        input.offer(END);
        all.forEach(ProcessHandle::destroy);
        CompletableFuture.delayedExecutor(GRACE_SECONDS, TimeUnit.SECONDS).execute(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            all.forEach(ProcessHandle::destroyForcibly);
        });
    }

    /** The same, and waits for it: after the proxy itself nobody would use force. */
    void stopAndWait() {
        stop();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** What it has started has another parent once it is gone, and is known by having been seen before. */
    private void look() {
        looked = System.nanoTime();
        process.descendants().forEach(started::add);
        started.removeIf(child -> !child.isAlive());
    }

    private void thread(String part, Runnable task) {
        Thread thread = new Thread(task, "stdio-" + part + "-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void write() {
        try (OutputStream stdin = process.getOutputStream()) {
            for (byte[] message = input.take(); message != END; message = input.take()) {
                stdin.write(message);
                stdin.write('\n');
                stdin.flush();
            }
        } catch (IOException gone) {
            stop();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<JsonNode> messages) {
        LineReader lines = new LineReader(process.getInputStream(), MOST_MESSAGE_BYTES);
        try {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                Optional<JsonNode> message = StrictMessageJson.parse(line.get()).filter(JsonNode::isObject);
                if (looked == 0 || System.nanoTime() - looked > LOOK_NANOS) {
                    look();
                }
                if (message.isPresent()) {
                    messages.accept(message.get());
                } else if (line.get().length > 0) {
                    LOG.warn(
                            "{} wrote a line that is no message ({} bytes): standard output is for messages alone",
                            name,
                            line.get().length);
                }
            }
        } catch (IOException | RuntimeException gone) {
            LOG.debug("{}: its output ended with {}", name, gone.getClass().getSimpleName());
        } finally {
            stop();
            ended.complete(null);
        }
    }

    private void log() {
        LineReader lines = new LineReader(process.getErrorStream(), MOST_LOG_BYTES);
        try {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                LOG.info("{}: {}", name, printable(new String(line.get(), StandardCharsets.UTF_8)));
            }
        } catch (IOException gone) {
            LOG.debug("{}: its log ended with {}", name, gone.getClass().getSimpleName());
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", " ").strip();
    }
}
