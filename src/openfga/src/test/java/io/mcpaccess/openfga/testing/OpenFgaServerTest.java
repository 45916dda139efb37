package io.mcpaccess.openfga.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpaccess.openfga.TupleKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OpenFgaServer.class)
class OpenFgaServerTest {

    @Test
    void servesStoresThatKnowTheirOwnTuplesOnly(OpenFgaStores stores) {
        String model = """
                model
                  schema 1.1
                type user
                type tool
                  relations
                    define can_call: [user]
                """;
        String written = stores.createStore(model);
        String empty = stores.createStore(model);
        stores.write(written, new TupleKey("user:alice", "can_call", "tool:pay"));

        assertThat(allowed(stores, written)).isTrue();
        assertThat(allowed(stores, empty)).isFalse();
    }

    private static boolean allowed(OpenFgaStores stores, String store) {
        Map<String, String> key = Map.of("user", "user:alice", "relation", "can_call", "object", "tool:pay");
        return stores.post("/stores/" + store + "/check", Map.of("tuple_key", key))
                .get("allowed")
                .asBoolean();
    }
}
