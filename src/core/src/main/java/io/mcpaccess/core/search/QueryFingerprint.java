package io.mcpaccess.core.search;

import io.mcpaccess.core.authzen.Action;
import io.mcpaccess.core.authzen.Resource;
import io.mcpaccess.core.authzen.SearchRequest;
import io.mcpaccess.core.authzen.Subject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of everything that makes two searches the same: domain, caller, kind, entities and context. Every part is
 * length-prefixed, so that no two different searches can be written alike.
 */
final class QueryFingerprint {

    private final MessageDigest digest;

    private QueryFingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM lacks SHA-256, which every JVM must have.", e);
        }
    }

    static byte[] of(String domain, String caller, SearchRequest request) {
        QueryFingerprint fingerprint = new QueryFingerprint();
        fingerprint.add(domain);
        fingerprint.add(caller);
        if (request instanceof SearchRequest.Subjects search) {
            fingerprint.add("subject");
            fingerprint.add(search.subjectType());
            fingerprint.addValue(search.subjectProperties());
            fingerprint.add(search.action());
            fingerprint.add(search.resource());
        } else if (request instanceof SearchRequest.Resources search) {
            fingerprint.add("resource");
            fingerprint.add(search.subject());
            fingerprint.add(search.action());
            fingerprint.add(search.resourceType());
            fingerprint.addValue(search.resourceProperties());
        } else if (request instanceof SearchRequest.Actions search) {
            fingerprint.add("action");
            fingerprint.add(search.subject());
            fingerprint.add(search.resource());
        }
        fingerprint.addValue(request.context());
        return fingerprint.digest.digest();
    }

    private void add(Subject subject) {
        add(subject.type());
        add(subject.id());
        addValue(subject.properties());
    }

    private void add(Resource resource) {
        add(resource.type());
        add(resource.id());
        addValue(resource.properties());
    }

    private void add(Action action) {
        add(action.name());
        addValue(action.properties());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    /** Members of objects count in any order, elements of arrays in theirs (RFC 8259). */
    private void addValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put((String) key, each));
            add("{" + sorted.size());
            sorted.forEach((key, each) -> {
                add(key);
                addValue(each);
            });
        } else if (value instanceof Collection<?> values) {
            add("[" + values.size());
            values.forEach(this::addValue);
        } else {
            add(value == null ? "null" : value.getClass().getSimpleName());
            add(String.valueOf(value));
        }
    }
}
