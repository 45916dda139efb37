package io.mcpaccess.policy.am;

import io.gravitee.am.model.User;
import io.mcpaccess.core.decision.AccessSettings.SubjectName;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user is named in permissions.
 *
 * @param template a text with the placeholders {@code {username}}, {@code {sub}}, {@code {source}}, {@code {id}} and
 *     {@code {externalId}}; empty means: as the domain's engine is set
 */
public record SubjectTemplate(String template) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> NAMES = Set.of("username", "sub", "source", "id", "externalId");

    /**
     * Judges the template.
     *
     * @throws IllegalArgumentException if it has another placeholder, or a text without one
     */
    public SubjectTemplate {
        Objects.requireNonNull(template, "template");
        boolean[] any = {false};
        PLACEHOLDER.matcher(template).results().forEach(match -> {
            any[0] = true;
            if (!NAMES.contains(match.group(1))) {
                throw new IllegalArgumentException("subject knows {username}, {sub}, {source}, {id} and {externalId}.");
            }
        });
        if (!template.isEmpty() && !any[0]) {
            throw new IllegalArgumentException("subject must name the user, for example by {username}.");
        }
    }

    /**
     * Names a user.
     *
     * @param user the user
     * @param engine how the domain's engine names users
     * @param sub gives the {@code sub} claim that AM issues for the user
     * @return the identifier in permissions
     * @throws IllegalStateException if AM has no value for a part of the name
     */
    public String name(User user, SubjectName engine, Function<User, String> sub) {
        String effective = template.isEmpty() ? standard(engine) : template;
        return PLACEHOLDER
                .matcher(effective)
                .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), user, sub)));
    }

    private static String standard(SubjectName engine) {
        return switch (engine) {
            case USERNAME -> "{username}";
            case SUB -> "{sub}";
            case SOURCE_USERNAME -> "{source}/{username}";
        };
    }

    private static String value(String placeholder, User user, Function<User, String> sub) {
        String value = switch (placeholder) {
            case "username" -> user.getUsername();
            case "sub" -> sub.apply(user);
            case "source" -> user.getSource();
            case "id" -> user.getId();
            default -> user.getExternalId();
        };
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException("The user has no " + placeholder + ".");
        }
        return value;
    }
}
