package io.mcpaccess.openfga.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program around OpenFGA's Go library for models, or the reason why there is none.
 *
 * @param executable the program; null when it could not be built
 * @param reason why not; null when it could
 */
public record LanguageProgram(Path executable, String reason) {

    /** Long enough to fetch and compile the library on a slow machine. */
    private static final long BUILD_MINUTES = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Builds it with Go, as {@code bin/openfga} builds OpenFGA: most of what it needs is compiled then. */
    static LanguageProgram build() {
        Path source =
                Path.of(System.getProperty("repository.root", "../.."), "src/openfga/src/test/go", "openfga-language");
        Path executable = Path.of("target", "openfga-language").toAbsolutePath();
        try {
            Files.createDirectories(executable.getParent());
            String trouble = run(
                    new ProcessBuilder("go", "build", "-buildvcs=false", "-o", executable.toString(), ".")
                            .directory(source.toFile()),
                    null);
            return trouble == null ? new LanguageProgram(executable, null) : new LanguageProgram(null, trouble);
        } catch (IOException e) {
            return new LanguageProgram(null, "Go cannot be run: " + e.getMessage());
        }
    }

    /**
     * Asks about modules: are they one model, and which?
     *
     * @param models each the files of one model with their texts, in order
     * @return one answer a model: {@code accepted}, and {@code model} as OpenFGA's JSON or {@code error}
     */
    public List<JsonNode> join(List<Map<String, String>> models) {
        return ask(models.stream()
                .map(files -> Map.<String, Object>of(
                        "modules",
                        files.entrySet().stream()
                                .map(file -> Map.of("name", file.getKey(), "contents", file.getValue()))
                                .toList()))
                .toList());
    }

    /**
     * Asks which relations OpenFGA's weighted graph has no place for.
     *
     * @param models each as OpenFGA's JSON
     * @return one answer a model: {@code accepted}, and {@code relations} by {@code type#relation}: {@code placed},
     *     {@code refused}, or {@code unsure} where the library itself answers now so, now so
     */
    public List<JsonNode> place(List<JsonNode> models) {
        return ask(models.stream()
                .map(model -> Map.<String, Object>of("model", model))
                .toList());
    }

    private List<JsonNode> ask(List<Map<String, Object>> questions) {
        try {
            return ask(questions, Files.createTempFile("openfga-language", ".in"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> ask(List<Map<String, Object>> questions, Path in) throws IOException {
        Path out = Path.of(in + ".out");
        try {
            List<String> lines = new ArrayList<>();
            for (Map<String, Object> question : questions) {
                lines.add(JSON.writeValueAsString(question));
            }
            Files.write(in, lines);
            String trouble = run(new ProcessBuilder(executable.toString()).redirectInput(in.toFile()), out);
            if (trouble != null) {
                throw new IllegalStateException("OpenFGA's Go library gave up: " + trouble);
            }
            List<JsonNode> answers = new ArrayList<>();
            for (String line : Files.readAllLines(out)) {
                answers.add(JSON.readTree(line));
            }
            if (answers.size() != questions.size()) {
                throw new IllegalStateException(questions.size() + " questions, " + answers.size() + " answers");
            }
            return answers;
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(out);
        }
    }

    /** What a program said where it did not end well; null where it did. */
    private static String run(ProcessBuilder builder, Path out) throws IOException {
        Path log = Files.createTempFile("openfga-language", ".log");
        builder.redirectError(log.toFile())
                .redirectOutput(out == null ? log.toFile() : out.toFile())
                .environment()
                .putAll(Map.of("CGO_ENABLED", "0", "GOFLAGS", ""));
        try {
            Process process = builder.start();
            if (!process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return "no end after " + BUILD_MINUTES + " minutes";
            }
            return process.exitValue() == 0 ? null : Files.readString(log).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
