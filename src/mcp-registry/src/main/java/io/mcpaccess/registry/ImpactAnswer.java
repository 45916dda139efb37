package io.mcpaccess.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.registry.am.AdmittedCaller;
import io.mcpaccess.registry.am.ViewAudit;
import io.mcpaccess.registry.impact.ImpactJson;
import io.mcpaccess.registry.impact.ImpactRequest;
import io.mcpaccess.registry.impact.ImpactService;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what a change does. What can be wrong is found before the answer begins; then the answer is written while it is worked out,
 * with signs of life that tell whether somebody still waits: blanks before the JSON, or lines {@code {"progress": percent}} for who
 * accepts {@code application/x-ndjson}. A caller who is gone ends the calculation. Two are worked out at a time, others wait.
 */
final class ImpactAnswer {

    static final String LINES = "application/x-ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(ImpactAnswer.class);
    private static final int AT_ONCE = 2;
    private static final long WAIT_SECONDS = 1;

    private final ImpactService service;
    private final ViewAudit audit;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    ImpactAnswer(ImpactService service, ViewAudit audit) {
        this.service = service;
        this.audit = audit;
    }

    /** Reads and checks the change; the answer computes when it is written. */
    Response of(AdmittedCaller caller, String engine, ObjectNode body, boolean isLines) {
        ImpactRequest request = ImpactRequest.read(body);
        audit.viewed(caller, engine, "impact", asked(request));
        ImpactService.Ready ready = service.prepare(caller.domain().getId(), request);
        StreamingOutput output = stream -> write(ready, new SignsOfLife(stream, isLines), stream);
        return Response.ok(output)
                .type((isLines ? LINES : "application/json") + ";charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** How much of what, and nothing of it: tuples hold names. */
    private static Map<String, String> asked(ImpactRequest request) {
        Map<String, String> asked = new TreeMap<>();
        asked.put("model", String.valueOf(request.edit().model().isPresent()));
        asked.put("writes", String.valueOf(request.edit().writes().size()));
        asked.put("deletes", String.valueOf(request.edit().deletes().size()));
        asked.put("servers", String.valueOf(request.servers().size()));
        return asked;
    }

    private void write(ImpactService.Ready ready, SignsOfLife signs, OutputStream stream) throws IOException {
        try {
            while (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                signs.reached(0);
            }
            try {
                JsonNode impact = ImpactJson.write(ready.run(signs::reached));
                stream.write((SafeJson.write(impact) + "\n").getBytes(StandardCharsets.UTF_8));
            } finally {
                turns.release();
            }
        } catch (CancellationException e) {
            LOG.debug("Nobody waits for an impact any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(stream, "The engine is being stopped.");
        } catch (RuntimeException | LinkageError e) {
            LOG.error("An impact could not be worked out", e);
            failed(stream, "The impact could not be worked out; the log of the management API says why.");
        }
    }

    /** The status is long sent. */
    private static void failed(OutputStream stream, String message) throws IOException {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("message", message).put("http_status", 500);
        stream.write((SafeJson.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes how far it is, and finds out whether anybody reads it. */
    private record SignsOfLife(OutputStream stream, boolean isLines) {

        void reached(int percent) {
            try {
                stream.write((isLines ? "{\"progress\":" + percent + "}\n" : " ").getBytes(StandardCharsets.UTF_8));
                stream.flush();
            } catch (IOException e) {
                throw new CancellationException();
            }
        }
    }
}
