package io.mcpaccess.amctl.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpaccess.amctl.am.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decision that AM took down. AM keeps it as a JSON Patch against nothing; of a question without an answer it keeps the message alone.
 *
 * @param id AM's id of the entry
 * @param at when
 * @param kind what was decided about
 * @param verdict what came of it
 * @param reason the reason code, of a call in shadow mode the one that it would have been refused with; empty where the entry has none
 * @param subject whom it was about, as {@code type:id}; empty where the entry does not say
 * @param action what was to be done
 * @param type the resource's type
 * @param resource the resource's id, such as the name of a tool
 * @param caller the MCP server or application that asked, by its name
 */
public record AuditedDecision(
        String id,
        Instant at,
        Kind kind,
        Verdict verdict,
        String reason,
        String subject,
        String action,
        String type,
        String resource,
        String caller) {

    /** What begins a new line, or columns, in the middle of one: names are of others, who could forge a line with it. */
    private static final Pattern BREAK = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    /** What was decided about. */
    public enum Kind {
        /** One question, such as whether a tool may be called. */
        CALL,
        /** Who or what may do something. */
        SEARCH,
        /** Which scopes a token gets. */
        TOKEN
    }

    /** What came of a question. The names in lower case are the option's values. */
    public enum Verdict {
        /** Yes. */
        ALLOWED,
        /** No. */
        REFUSED,
        /** The engine said no, and shadow mode let it through. */
        SHADOWED,
        /** There was no answer. */
        FAILED;

        /** In text and JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads an entry.
     *
     * @param entry AM's Audit
     * @return the decision; empty where AM shows the caller no content of entries
     */
    public static Optional<AuditedDecision> of(JsonNode entry) {
        String message = entry.path("outcome").path("message").asText("");
        if (message.isEmpty()) {
            return Optional.empty();
        }
        JsonNode patch = message.startsWith("[") ? Json.read(message) : MissingNode.getInstance();
        JsonNode request = value(patch, "/request");
        JsonNode response = value(patch, "/response");
        JsonNode context = response.path("context");
        int colon = message.indexOf(':');
        String reason = patch.isArray()
                ? context.path("shadow")
                        .path("reason_code")
                        .asText(context.path("reason_code").asText(""))
                : colon < 1 ? "" : message.substring(0, colon);
        JsonNode subject = request.path("subject");
        return Optional.of(new AuditedDecision(
                entry.path("id").asText(),
                at(entry.path("timestamp")),
                context.path("step").asText().equals("token")
                        ? Kind.TOKEN
                        : context.has("search") ? Kind.SEARCH : Kind.CALL,
                verdict(response),
                reason,
                subject.has("id")
                        ? subject.path("type").asText() + ":"
                                + subject.path("id").asText()
                        : "",
                request.path("action").path("name").asText(),
                request.path("resource").path("type").asText(),
                request.path("resource").path("id").asText(),
                entry.path("actor").path("displayName").asText("")));
    }

    private static Verdict verdict(JsonNode response) {
        if (!response.has("decision")) {
            return Verdict.FAILED;
        }
        if (!response.path("decision").asBoolean()) {
            return Verdict.REFUSED;
        }
        return response.path("context").has("shadow") ? Verdict.SHADOWED : Verdict.ALLOWED;
    }

    private static JsonNode value(JsonNode patch, String path) {
        for (JsonNode operation : patch) {
            if (operation.path("path").asText().equals(path)) {
                return operation.path("value");
            }
        }
        return MissingNode.getInstance();
    }

    /** AM's lines write times as milliseconds, as seconds with a fraction, or as text. */
    private static Instant at(JsonNode timestamp) {
        try {
            if (timestamp.isIntegralNumber()) {
                return Instant.ofEpochMilli(timestamp.asLong());
            }
            return timestamp.isNumber()
                    ? Instant.ofEpochMilli(Math.round(timestamp.asDouble() * 1000))
                    : Instant.parse(timestamp.asText());
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /**
     * For a person.
     *
     * @return one line
     */
    public String words() {
        String words = String.format(
                Locale.ROOT,
                "%s  %-8s %-20s %s %s %s%s%s",
                Instant.ofEpochSecond(at.getEpochSecond()),
                verdict,
                reason,
                subject.isEmpty() ? "?" : subject,
                action,
                resource,
                caller.isEmpty() ? "" : "  asked by " + caller,
                kind == Kind.CALL ? "" : "  (" + kind.name().toLowerCase(Locale.ROOT) + ")");
        return BREAK.matcher(words)
                .replaceAll(
                        found -> String.format("\\\\u%04X", (int) found.group().charAt(0)));
    }

    /**
     * For a program.
     *
     * @return the members in words of their own
     */
    public ObjectNode json() {
        return Json.object()
                .put("id", id)
                .put("at", at.toString())
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("verdict", verdict.toString())
                .put("reason_code", reason)
                .put("subject", subject)
                .put("action", action)
                .put("type", type)
                .put("resource", resource)
                .put("caller", caller);
    }
}
