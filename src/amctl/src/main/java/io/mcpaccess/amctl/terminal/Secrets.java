package io.mcpaccess.amctl.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets, from a file or the environment. */
public final class Secrets {
    private final Map<String, String> environment;

    /**
     * Secrets of one call.
     *
     * @param environment the process's environment
     */
    public Secrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads a secret.
     *
     * @param file the file that holds nothing else, null where none is named; wins over the environment
     * @param variable the variable of the environment
     * @return the secret, without a line break at its end
     * @throws CommandFailure if the file cannot be read
     */
    public Optional<String> read(Path file, String variable) {
        if (file == null) {
            return plain(variable);
        }
        try {
            return Optional.of(Files.readString(file).replaceFirst("[\r\n]+$", ""))
                    .filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    /**
     * Reads a variable that need not be secret.
     *
     * @param variable its name
     * @return its value, empty where it is not set
     */
    public Optional<String> plain(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
    }

    /**
     * Reads a setting that need not be secret.
     *
     * @param given what the command line says, null for nothing; wins over the environment
     * @param variable the variable of the environment
     * @return the setting, empty where nobody says it
     */
    public Optional<String> plain(String given, String variable) {
        return given == null ? plain(variable) : Optional.of(given);
    }

    /** Leaves them out. */
    @Override
    public String toString() {
        return "Secrets[]";
    }
}
