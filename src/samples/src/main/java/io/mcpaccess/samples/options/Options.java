package io.mcpaccess.samples.options;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of a command line, {@code --name value} each, and the environment for what must not be seen there.
 *
 * @param given the options by name
 * @param environment of the process
 */
public record Options(Map<String, String> given, Map<String, String> environment) {
    /**
     * @param arguments of the command line
     * @param known the names that may be given
     * @param environment of the process
     * @return the options
     * @throws IllegalArgumentException when a name is unknown or has no value; the message says which
     */
    public static Options read(List<String> arguments, Set<String> known, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException("Unknown option '" + name + "'.");
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("Option " + name + " needs a value.");
            }
            given.put(name, rest.next());
        }
        return new Options(Map.copyOf(given), Map.copyOf(environment));
    }

    /**
     * @param name of an option
     * @return its value, if given
     */
    public Optional<String> option(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /**
     * @param name of an option
     * @return its value
     * @throws IllegalArgumentException when it is not given
     */
    public String required(String name) {
        return option(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException("Option " + name + " is missing."));
    }

    /**
     * @param name of an environment variable
     * @return its value, if set and not blank
     */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * @param name of an environment variable
     * @return its value
     * @throws IllegalArgumentException when it is not set
     */
    public String requiredVariable(String name) {
        return variable(name)
                .orElseThrow(() -> new IllegalArgumentException("Environment variable " + name + " is missing."));
    }

    /** Names only: the environment has secrets. */
    @Override
    public String toString() {
        return "Options" + given.keySet();
    }
}
