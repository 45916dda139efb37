package io.mcpaccess.openfga.server;

import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.server.http.AnswerBody;
import io.mcpaccess.openfga.server.http.HttpCall;
import io.mcpaccess.openfga.server.http.HttpTransport;
import io.mcpaccess.openfga.server.http.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The requests that decisions are made of, straight to the transport: what they need once is made once. */
final class DecisionCalls {

    /** An answer to fifty checks with an error each has some ten thousand bytes. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final HttpTransport transport;
    private final CheckJson requests;
    private final CheckAnswers answers;
    private final URI check;
    private final URI batchCheck;
    private final Map<String, String> headers;

    DecisionCalls(Connection connection) {
        this.transport = connection.transport();
        this.requests = new CheckJson(connection.json(), connection.settings());
        this.answers = new CheckAnswers(connection.json(), connection.failures());
        this.check = connection.settings().storeUri("/check");
        this.batchCheck = connection.settings().storeUri("/batch-check");
        this.headers = jsonHeaders(connection.settings());
    }

    /** What every request with a body of JSON has for headers. */
    static Map<String, String> jsonHeaders(ServerSettings settings) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.putAll(settings.headers());
        return Map.copyOf(headers);
    }

    GuardedCalls.Request<CheckResult> check(String model, PermissionQuestion question) {
        return (attempt, end) -> send(attempt, check, requests.check(model, question), answers::check, end);
    }

    GuardedCalls.Request<CheckResult[]> batch(
            String model, List<PermissionQuestion> questions, int[] places, boolean higherConsistency) {
        return (attempt, end) -> send(
                attempt,
                batchCheck,
                requests.batch(model, questions, places, higherConsistency),
                answer -> answers.batch(answer, places.length),
                end);
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Reader<T> {
        T read(WholeAnswer answer) throws IOException;
    }

    private <T> void send(
            GuardedCalls.Attempt attempt, URI uri, byte[] body, Reader<T> reader, BiConsumer<T, Throwable> end) {
        HttpCall call = new HttpCall(
                "POST",
                uri,
                headers,
                attempt.authorization(),
                attempt.traceparent(),
                body,
                attempt.timeout(),
                MOST_BYTES);
        transport.send(call, AnswerBody.kept(), (answer, failure) -> {
            if (failure == null) {
                read(answer, reader, end);
            } else {
                end.accept(null, failure);
            }
        });
    }

    private static <T> void read(WholeAnswer answer, Reader<T> reader, BiConsumer<T, Throwable> end) {
        T read;
        try {
            read = reader.read(answer);
        } catch (IOException | RuntimeException | LinkageError e) {
            end.accept(null, e);
            return;
        }
        end.accept(read, null);
    }
}
