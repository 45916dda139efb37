package io.mcpaccess.openfga.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mcpaccess.openfga.PermissionQuestion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Keys of the decision cache: everything that can change an answer, each part with its length in front, so that no two
 * questions share a key. One engine belongs to one domain, and a cache to one engine: the domain needs no part.
 */
final class CacheKeys {

    private final ObjectMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private final String store;

    CacheKeys(String store) {
        this.store = store;
    }

    /**
     * The key of a question.
     *
     * @param model the model that decides
     * @param question the question
     * @return its key; empty for a question that is not remembered
     */
    Optional<ByteBuffer> of(String model, PermissionQuestion question) {
        if (!question.contextualTuples().isEmpty()) {
            return Optional.empty();
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
            DataOutputStream key = new DataOutputStream(bytes);
            part(key, store.getBytes(StandardCharsets.UTF_8));
            part(key, model.getBytes(StandardCharsets.UTF_8));
            part(key, question.tuple().user().getBytes(StandardCharsets.UTF_8));
            part(key, question.tuple().relation().getBytes(StandardCharsets.UTF_8));
            part(key, question.tuple().object().getBytes(StandardCharsets.UTF_8));
            part(key, question.context().isEmpty() ? new byte[0] : json.writeValueAsBytes(question.context()));
            return Optional.of(ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void part(DataOutputStream key, byte[] part) throws IOException {
        key.writeInt(part.length);
        key.write(part);
    }
}
