package io.mcpaccess.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpaccess.openfga.BackendException;
import io.mcpaccess.openfga.ModelDocument;
import io.mcpaccess.openfga.embedded.model.ModelReader;
import org.junit.jupiter.api.Test;

class ModelRelationsTest {
    private static final String MODEL = ModelReader.toJson(ModelReader.fromDsl("""
            model
              schema 1.1
            type user
            type agent
            type tool
              relations
                define can_call: [user]
                define can_run: [agent]
            """));

    private final ModelRelations.Latest latest = new ModelRelations.Latest();

    @Test
    void asksOnlyWhatASubjectOfTheTypeCanHold() {
        ModelRelations relations = latest.of(new ModelDocument("01A", MODEL));

        assertThat(relations.heldBy("user", "tool")).containsExactly("can_call");
        assertThat(relations.heldBy("agent", "tool")).containsExactly("can_run");
    }

    @Test
    void readsAModelOnceAndTheNextOneWhenItComes() {
        ModelRelations first = latest.of(new ModelDocument("01A", MODEL));

        assertThat(latest.of(new ModelDocument("01A", MODEL))).isSameAs(first);
        assertThat(latest.of(new ModelDocument("01B", MODEL.replace("can_run", "can_drive")))
                        .heldBy("agent", "tool"))
                .containsExactly("can_drive");
    }

    @Test
    void asksEverythingOfAModelThatItDoesNotUnderstand() {
        ModelRelations relations = latest.of(
                new ModelDocument("01A", MODEL.replace("\"schema_version\":\"1.1\"", "\"schema_version\":\"9\"")));

        assertThat(relations.heldBy("user", "tool")).containsExactlyInAnyOrder("can_call", "can_run");
        assertThat(relations.heldBy("user", "nothing")).isEmpty();
    }

    @Test
    void whatIsNoModelAtAllIsAnError() {
        assertThatThrownBy(() -> latest.of(new ModelDocument("01A", "{"))).isInstanceOf(BackendException.class);
    }
}
