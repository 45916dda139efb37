package io.mcpaccess.openfga.server;

import dev.openfga.sdk.api.model.BatchCheckSingleResult;
import dev.openfga.sdk.api.model.CheckResponse;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.BackendException.Problem;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.DenialReason;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What OpenFGA's answers mean. Only {@code "allowed": true} is an allow. OpenFGA says "your model does not know this" and
 * "a condition's parameter is missing" as errors of the caller (HTTP 400, code {@code validation_error}): those are
 * answers, and the answer is no. All other errors are no answers.
 */
final class Answers {

    private static final Pattern NOT_IN_MODEL = Pattern.compile("\\b(type|relation) '[^']*' not found");
    private static final String CONDITION_FAILED = "failed to evaluate relationship condition";
    private static final Set<String> NOT_IN_MODEL_CODES = Set.of("relation_not_found", "type_not_found");
    private static final Set<String> NO_MODEL_CODES =
            Set.of("authorization_model_not_found", "latest_authorization_model_not_found");

    private Answers() {}

    static CheckResult of(CheckResponse response) {
        if (response == null || response.getAllowed() == null) {
            throw ServerFailure.of(ServerFailure.Kind.MALFORMED, "OpenFGA's answer does not say whether it is allowed");
        }
        return response.getAllowed() ? CheckResult.allowed() : CheckResult.denied();
    }

    static CheckResult of(BatchCheckSingleResult item) {
        if (item == null) {
            return CheckResult.unavailable("OpenFGA left this item of the batch out");
        }
        if (item.getError() != null) {
            String message = item.getError().getMessage();
            String code = item.getError().getInputError() == null
                    ? ""
                    : item.getError().getInputError().toString();
            return denial(code, message == null ? "" : message)
                    .orElseGet(() -> CheckResult.unavailable(
                            "OpenFGA could not answer this item of the batch" + (code.isEmpty() ? "" : ": " + code)));
        }
        if (item.getAllowed() == null) {
            return CheckResult.unavailable("OpenFGA's answer does not say whether this item of the batch is allowed");
        }
        return item.getAllowed() ? CheckResult.allowed() : CheckResult.denied();
    }

    static CheckResult of(ServerFailure failure) {
        Optional<CheckResult> denial =
                failure.status() == 400 ? denial(failure.code(), failure.apiMessage()) : Optional.empty();
        return denial.orElseGet(() -> CheckResult.unavailable(failure.getMessage()));
    }

    /** Whether the pinned model has gone, or the store has none. */
    static boolean saysThatThereIsNoModel(ServerFailure failure) {
        return failure.status() == 400 && NO_MODEL_CODES.contains(failure.code());
    }

    /** Whether the model has no such type or relation, so that a search finds nothing. */
    static boolean saysThatTheModelDoesNotKnowIt(ServerFailure failure) {
        return Answers.of(failure) instanceof CheckResult.Denied denied
                && denied.reason() == DenialReason.MODEL_MISMATCH;
    }

    /**
     * What a search or a console call fails with.
     *
     * @param failure what happened
     * @return the same, for the administrator; holds OpenFGA's words only where they are about what the caller sent
     */
    static BackendException exception(ServerFailure failure) {
        return switch (failure.status()) {
            case 400, 413 ->
                saysThatThereIsNoModel(failure)
                        ? new BackendException(Problem.NOT_FOUND, "The store has no such authorization model")
                        : new BackendException(Problem.INVALID_INPUT, words(failure));
            case 401, 403 ->
                new BackendException(
                        Problem.CREDENTIALS_REFUSED,
                        "OpenFGA refused the engine's credentials (" + failure.status()
                                + "): check the authentication settings of the engine");
            case 404 ->
                new BackendException(
                        Problem.NOT_FOUND, "OpenFGA has no such store: check the store id and the address");
            case 409 -> new BackendException(Problem.UNAVAILABLE, "Someone else wrote at the same time: try again");
            default -> new BackendException(Problem.UNAVAILABLE, failure.getMessage(), failure);
        };
    }

    private static String words(ServerFailure failure) {
        if (failure.apiMessage().contains(CONDITION_FAILED)) {
            return "A condition could not be evaluated with the context given";
        }
        return failure.apiMessage().isEmpty() ? failure.getMessage() : failure.apiMessage();
    }

    private static Optional<CheckResult> denial(String code, String message) {
        if (NOT_IN_MODEL_CODES.contains(code) || NOT_IN_MODEL.matcher(message).find()) {
            return Optional.of(CheckResult.denied(
                    DenialReason.MODEL_MISMATCH,
                    "The authorization model has no such relation, or no such type of user or object"));
        }
        if (message.contains(CONDITION_FAILED)) {
            return Optional.of(CheckResult.denied(
                    DenialReason.CONDITION_MISSING,
                    "A condition of the model could not be evaluated: a parameter is missing or of another type"));
        }
        return Optional.empty();
    }
}
