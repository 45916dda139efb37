package io.mcpaccess.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.core.authzen.MalformedRequestException;
import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.registry.plan.InvalidDeclarationException;
import io.mcpaccess.registry.plan.RegistryException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallFailureTest {

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, 400",
        "CREDENTIALS_REFUSED, 502",
        "NOT_FOUND, 502",
        "UNSUPPORTED, 501",
        "UNAVAILABLE, 503"
    })
    void whatAStoreRefusesNeverLogsTheAdministratorOut(BackendException.Problem problem, int status) {
        assertThat(CallFailure.of(new BackendException(problem, "The store says no")))
                .isEqualTo(new CallFailure(status, "The store says no"));
    }

    @Test
    void aCallerLearnsWhatHeCanMend() {
        assertThat(CallFailure.of(new InvalidDeclarationException("tools is no list")))
                .isEqualTo(new CallFailure(400, "tools is no list"));
        assertThat(CallFailure.of(new MalformedRequestException("no body"))).isEqualTo(new CallFailure(400, "no body"));
        assertThat(CallFailure.of(new CompletionException(new RegistryException(404, "no such domain"))))
                .as("wrapped by a stage")
                .isEqualTo(new CallFailure(404, "no such domain"));
    }

    @Test
    void whatNobodyExpectedIsForTheLogAlone() {
        CallFailure failure = CallFailure.of(new IllegalStateException("jdbc:postgresql://db secret"));

        assertThat(failure.status()).isEqualTo(500);
        assertThat(failure.message()).contains("log").doesNotContain("jdbc");
    }
}
