package io.mcpaccess.openfga.embedded.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckOutcome;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.evaluation.UsersetTree;
import io.mcpaccess.openfga.embedded.problem.OpenFgaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example and what it leads to. */
class EmbeddedOpenFgaTest {

    private static final String STORE = """
        name: documents
        model: |
          model
            schema 1.1
          type user
          type document
            relations
              define owner: [user]
              define viewer: [user] or owner
        tuples:
          - user: user:alice
            relation: owner
            object: document:plan
        """;

    private static final StoredTuple BOB_VIEWS = StoredTuple.of(new TupleKey("user:bob", "viewer", "document:plan"));

    @TempDir
    private Path directory;

    private EmbeddedOpenFga openFga;

    @BeforeEach
    void open() throws IOException {
        openFga = EmbeddedOpenFga.open(Files.writeString(directory.resolve("store.fga.yaml"), STORE));
    }

    @AfterEach
    void close() {
        openFga.close();
    }

    @Test
    void answersFromTheFile() {
        assertThat(openFga.check("user:alice", "viewer", "document:plan")).isTrue();
        assertThat(openFga.check("user:bob", "viewer", "document:plan")).isFalse();
    }

    @Test
    void aQuestionThatTheModelDoesNotKnowIsAnErrorAndNoDeny() {
        assertThatThrownBy(() -> openFga.check("user:alice", "editor", "document:plan"))
                .isInstanceOf(OpenFgaException.class)
                .hasMessageContaining("editor");
    }

    @Test
    void aBatchAnswersAsItsSinglesDo() {
        List<CheckRequest> questions = List.of(
                CheckRequest.of("user:alice", "viewer", "document:plan"),
                CheckRequest.of("user:bob", "viewer", "document:plan"),
                CheckRequest.of("user:bob", "editor", "document:plan"));

        List<CheckOutcome> answers = openFga.batchCheck(questions);

        assertThat(answers)
                .isEqualTo(questions.stream().map(openFga::check).toList())
                .extracting(CheckOutcome::isAllowed)
                .containsExactly(true, false, false);
    }

    @Test
    void whatIsWrittenIsThereAfterReopening() throws IOException {
        openFga.write(List.of(BOB_VIEWS), List.of());
        openFga.close();

        try (EmbeddedOpenFga again = EmbeddedOpenFga.open(directory.resolve("store.fga.yaml"))) {
            assertThat(again.check("user:bob", "viewer", "document:plan")).isTrue();
            again.write(List.of(), List.of(BOB_VIEWS.key()));
            assertThat(again.check("user:bob", "viewer", "document:plan")).isFalse();
        }
        assertThat(directory.resolve("store.fga.yaml")).content().isEqualTo(STORE);
    }

    @Test
    void findsObjectsAndUsersAndTakesARelationApart() {
        openFga.write(List.of(BOB_VIEWS), List.of());

        assertThat(openFga.listObjects("user:alice", "viewer", "document").items())
                .containsExactly("document:plan");
        assertThat(openFga.listUsers("document:plan", "viewer", "user").items())
                .containsExactlyInAnyOrder("user:alice", "user:bob");
        UsersetTree tree = openFga.expand("document:plan", "viewer");
        assertThat(tree.name()).isEqualTo("document:plan#viewer");
    }

    @Test
    void saysWhatWouldAllow() {
        assertThat(openFga.explain(CheckRequest.of("user:bob", "viewer", "document:plan"))
                        .missing())
                .contains(List.of(BOB_VIEWS));
    }
}
