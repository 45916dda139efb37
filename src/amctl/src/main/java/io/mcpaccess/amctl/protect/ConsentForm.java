package io.mcpaccess.amctl.protect;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The consent form of the bundle. A comment at its end says who put it in, and a hash whether somebody has edited it since;
 * an edited form is nobody's to delete but its editor's.
 */
public final class ConsentForm {
    private static final Pattern MARK = Pattern.compile(
            "(?s)(.*)\n<!-- Put in by amctl protect; amctl protect --undo takes it back. sha256=([0-9a-f]{64}) -->\n");

    /** The variable that the policy gives the page; a form that has it shows the tools. */
    private static final String TOOLS = "mcpTools";

    private ConsentForm() {}

    /** Whose form a domain has. */
    public enum Owner {
        /** AM's own page. */
        AM,
        /** As it was put in. */
        AMCTL,
        /** Put in, and edited since. */
        EDITED,
        /** Somebody's own that shows the tools. */
        OTHER_WITH_TOOLS,
        /** Somebody's own. */
        OTHER
    }

    /**
     * The form to put in.
     *
     * @return Thymeleaf text
     */
    public static String content() {
        try (InputStream in = ConsentForm.class.getResourceAsStream("consent-form.html")) {
            String form = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\n+$", "");
            return form + "\n<!-- Put in by amctl protect; amctl protect --undo takes it back. sha256=" + hash(form)
                    + " -->\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whose form it is.
     *
     * @param form AM's Form
     * @return its owner
     */
    public static Owner owner(JsonNode form) {
        if (!form.hasNonNull("id")) {
            return Owner.AM;
        }
        String content = form.path("content").asText("");
        Matcher mark = MARK.matcher(content);
        if (mark.matches()) {
            boolean isAsPutIn = hash(mark.group(1)).equals(mark.group(2))
                    && form.path("enabled").asBoolean()
                    && form.path("assets").asText("").isEmpty();
            return isAsPutIn ? Owner.AMCTL : Owner.EDITED;
        }
        boolean showsTools = form.path("enabled").asBoolean() && content.contains(TOOLS);
        return content.contains("Put in by amctl protect")
                ? Owner.EDITED
                : showsTools ? Owner.OTHER_WITH_TOOLS : Owner.OTHER;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
