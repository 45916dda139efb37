package io.mcpaccess.openfga.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpaccess.openfga.CallContext;
import io.mcpaccess.openfga.CheckResult;
import io.mcpaccess.openfga.PermissionQuestion;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.backend.EmbeddedBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that cannot see the store's files any more does not go on allowing what may have been taken away. */
class StoreCurrencyTest {

    private static final String STORE = """
        model: |
          model
            schema 1.1
          type user
          type tool
            relations
              define can_call: [user]
        tuples:
          - {user: "user:ann", relation: can_call, object: "tool:pay"}
        """;

    @TempDir
    private Path directory;

    @Test
    void attack_allowsNothingWhenTheFilesCannotBeSeenForLongerThanTheBound() throws IOException {
        Files.writeString(directory.resolve("store.yaml"), STORE);
        DurableStore store = open(Duration.ofSeconds(1));
        try (EmbeddedBackend backend = store.backend(Optional.empty())) {
            assertThat(ask(backend).isAllowed()).isTrue();
            assertThat(backend.followedAt()).isPresent();

            Files.write(directory.resolve("store.yaml.log"), new byte[200]);

            eventually(() -> !ask(backend).isAllowed());
            assertThat(ask(backend)).isInstanceOf(CheckResult.Unavailable.class);
            assertThat(ask(backend).reasonCode()).isEqualTo("engine_unavailable");
            assertThat(backend.health().toCompletableFuture().join().reachable())
                    .isFalse();

            Files.delete(directory.resolve("store.yaml.log"));
            eventually(() -> ask(backend).isAllowed());
        }
    }

    private DurableStore open(Duration maxAge) {
        return DurableStore.openWhenReadable(
                new StoreFiles(directory, "store.yaml"), Clock.systemUTC(), new Random(), Tenant.anyone(), maxAge);
    }

    private static CheckResult ask(EmbeddedBackend backend) {
        PermissionQuestion question = PermissionQuestion.of(new TupleKey("user:ann", "can_call", "tool:pay"), Map.of());
        return backend.check(question, CallContext.none()).toCompletableFuture().join();
    }

    private static void eventually(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }
}
