package io.mcpaccess.registry.plan;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How scopes are named that nobody named: {@code {tool}} is the tool's key, {@code {server}} the server's name as a word,
 * {@code {access}} what the tool's annotations say about its effects (see {@link ToolHints#access()}).
 *
 * @param text the template
 * @param isChosen whether somebody asked for it; one that was not asked for leaves registered scopes alone
 */
public record ScopeTemplate(String text, boolean isChosen) {

    /** A scope for each tool, so that AM asks the user about each tool by itself. */
    public static final ScopeTemplate DEFAULT = new ScopeTemplate("tools:{tool}", false);

    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9_-]+");

    /** The text is not null. */
    public ScopeTemplate {
        Objects.requireNonNull(text, "text");
    }

    /**
     * A template that somebody asked for.
     *
     * @param text the template, or null for the default
     * @return the template
     * @throws InvalidDeclarationException if it could not give scopes
     */
    public static ScopeTemplate of(String text) {
        if (text == null) {
            return DEFAULT;
        }
        Matcher variables = VARIABLE.matcher(text);
        while (variables.find()) {
            if (!variables.group(1).matches("tool|server|access")) {
                throw new InvalidDeclarationException(
                        "scopeTemplate knows {tool}, {server} and {access}, but has " + variables.group() + ".");
            }
        }
        Optional<String> problem =
                AmLimits.problemOfScope(VARIABLE.matcher(text).replaceAll("x"));
        if (problem.isPresent()) {
            throw new InvalidDeclarationException("scopeTemplate: " + problem.get() + ".");
        }
        return new ScopeTemplate(text, true);
    }

    /**
     * The scope of a tool.
     *
     * @param serverName the server's name
     * @param tool the tool
     * @return the template filled in
     * @throws InvalidDeclarationException if the template names the server and the name has no letters to do it with
     */
    public String scope(String serverName, DeclaredTool tool) {
        if (text.contains("{server}") && word(serverName).isEmpty()) {
            throw new InvalidDeclarationException(
                    "scopeTemplate has {server}, but the server's name has no letter a-z or digit to make a scope of.");
        }
        return text.replace("{tool}", tool.key())
                .replace("{server}", word(serverName))
                .replace("{access}", tool.hints().access());
    }

    private static String word(String name) {
        String word = NO_WORD.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("-");
        return word.replaceAll("^-+|-+$", "");
    }
}
