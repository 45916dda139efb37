package io.mcpaccess.guard.servlet;

import io.mcpaccess.guard.GuardDecision.Refused;
import io.mcpaccess.guard.Limits;
import io.mcpaccess.guard.McpGuard;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a body of a bounded length in a bounded time. One read of it lasts as long as the container waits for the next
 * bytes, so the time may be over by that much.
 */
final class TimedBody {
    private static final int BUFFER = 8192;

    private final McpGuard guard;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TimedBody(McpGuard guard) {
        this.guard = guard;
    }

    /**
     * @param request whose body is read
     * @return why it cannot be had; empty when {@link #bytes} has all of it
     */
    Optional<Refused> read(HttpServletRequest request) {
        Limits limits = guard.configuration().limits();
        long start = System.nanoTime();
        long most = limits.callers().bodyTime().toNanos();
        byte[] buffer = new byte[BUFFER];
        try (InputStream body = request.getInputStream()) {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                bytes.write(buffer, 0, count);
                if (bytes.size() > limits.bodyBytes()) {
                    // What is only somewhat too long is taken off the connection, so that the client sees the answer.
                    body.skip(limits.bodyBytes());
                    return Optional.of(guard.bodyTooLong());
                }
                if (System.nanoTime() - start > most) {
                    return Optional.of(guard.bodyTooSlow());
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException brokenOff) {
            // Containers throw classes of their own for chunks that are none; the client sent them, so it is no error
            // here.
            return Optional.of(guard.bodyUnreadable());
        }
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
