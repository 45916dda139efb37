package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openfga.sdk.api.model.BatchCheckResponse;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.server.http.WholeAnswer;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads OpenFGA's answers to checks. Only {@code "allowed": true} in an object that is whole, and given once, is an allow; anything that
 * is not as agreed fails.
 */
final class CheckAnswers {

    private final ObjectMapper json;
    private final ServerFailures failures;

    CheckAnswers(ObjectMapper json, ServerFailures failures) {
        this.json = json;
        this.failures = failures;
    }

    /**
     * Reads the answer to one check.
     *
     * @throws IOException when it is no JSON
     * @throws ServerFailure when it is none of these answers
     */
    CheckResult check(WholeAnswer answer) throws IOException {
        requireSuccess(answer);
        try (JsonParser in = json.createParser(answer.body())) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw unsaid();
            }
            JsonToken allowed = null;
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = "allowed".equals(in.currentName());
                JsonToken value = in.nextToken();
                if (isIt) {
                    allowed = value;
                }
                in.skipChildren();
            }
            // Without its end it may have been cut off, and the parser says nothing of that where no token is missing.
            if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
                throw unsaid();
            }
            if (allowed == JsonToken.VALUE_TRUE) {
                return CheckResult.allowed();
            }
            if (allowed == JsonToken.VALUE_FALSE) {
                return CheckResult.denied();
            }
            throw unsaid();
        }
    }

    /**
     * Reads the answer to a batch.
     *
     * @param size how many were asked
     * @return one result a question, by its place in the batch
     */
    CheckResult[] batch(WholeAnswer answer, int size) throws IOException {
        requireSuccess(answer);
        BatchCheckResponse response = json.readValue(answer.body(), BatchCheckResponse.class);
        if (response == null || response.getResult() == null) {
            throw ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer to a batch has no results");
        }
        CheckResult[] results = new CheckResult[size];
        Arrays.setAll(results, i -> Answers.of(response.getResult().get(Integer.toString(i))));
        return results;
    }

    private void requireSuccess(WholeAnswer answer) {
        if (!answer.isSuccess()) {
            throw failures.refused(answer.status(), answer.text(), answer.retryAfter());
        }
    }

    private static ServerFailure unsaid() {
        return ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer does not say whether it is allowed");
    }
}
