package io.mcpaccess.authzen.fuzz;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a body asks, read a second time and in another way than the plugin does: by pointers into a tree that tolerates
 * nothing. Whoever is allowed something must have been read here.
 */
final class StrictModel {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictModel() {}

    /** The one question of a body, where nothing but its own members counts. */
    static List<String> single(byte[] body) {
        JsonNode root = tree(body);
        return root == null ? List.of() : List.of(String.valueOf(question(root, root)));
    }

    /** The questions of a body as {@code user:alice read record:r1}; of what cannot be read, none or {@code null}. */
    static List<String> questions(byte[] body) {
        JsonNode root = tree(body);
        if (root == null) {
            return List.of();
        }
        List<String> questions = new ArrayList<>();
        if (root.path("evaluations").isArray() && !root.path("evaluations").isEmpty()) {
            root.path("evaluations").forEach(item -> questions.add(question(item, root)));
        } else {
            questions.add(question(root, root));
        }
        return questions;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (IOException e) {
            return null;
        }
    }

    private static String question(JsonNode item, JsonNode defaults) {
        if (!item.isObject()) {
            return null;
        }
        JsonNode subject = item.has("subject") ? item.get("subject") : defaults.path("subject");
        JsonNode action = item.has("action") ? item.get("action") : defaults.path("action");
        JsonNode resource = item.has("resource") ? item.get("resource") : defaults.path("resource");
        return subject.path("type").textValue() + ":" + subject.path("id").textValue() + " "
                + action.path("name").textValue() + " " + resource.path("type").textValue() + ":"
                + resource.path("id").textValue();
    }
}
