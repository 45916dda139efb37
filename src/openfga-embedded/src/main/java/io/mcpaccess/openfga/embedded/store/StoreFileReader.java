package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mcpaccess.openfga.embedded.store.LogEntry.SourceFile;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads a store file in the format of OpenFGA's command line: {@code name}, {@code model} or {@code model_file},
 * {@code tuples}, {@code tuple_file}, {@code tuple_files} and {@code tests}; members that begin with {@code mcp_} are passed over.
 * Files that it names are in its own directory.
 *
 * <p>Strict where a typing error would change who may do what: unknown members, members given twice and values of
 * another type are faults. Thread-safe.
 */
final class StoreFileReader {

    /** Members that begin so are tests of whole tool calls, for a program that knows MCP; a store has no use for them. */
    static final String OF_OTHERS = "mcp_";

    private static final int MAX_STRING = 20_000_000;
    private final ObjectMapper yaml;
    private final ObjectMapper json;

    StoreFileReader() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxStringLength(MAX_STRING).build();
        yaml = new YAMLMapper(YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build());
        json = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** Takes what a store file says, as it is read: the model, if there is one, before any tuple. */
    interface Taker extends TupleParser.Sink {
        void model(ModelText model) throws StoreFileException;

        /**
         * Makes room.
         *
         * @param tuples how many are about to come, at least
         */
        default void expect(int tuples) {}

        /**
         * Takes the tests; they are passed over where nobody runs them.
         *
         * @param in stands at the beginning of the value, and at its end afterwards
         * @param tokens reads from it
         * @param files reads the files of tuples that tests name
         */
        default void tests(JsonParser in, TupleParser tokens, TupleFiles files) throws IOException {
            in.skipChildren();
        }
    }

    /** Reads files of tuples. */
    @FunctionalInterface
    interface TupleFiles {
        void read(Place place, String file, TupleParser.Sink sink) throws IOException;
    }

    /**
     * What a store file says beside its model and tuples.
     *
     * @param name the store's name; empty when it has none
     * @param files the file and the files that it names, as they were read
     */
    record Contents(String name, List<SourceFile> files) {}

    /**
     * Reads a store file and the files that it names.
     *
     * @param store where they are
     * @param named takes the names of all files that are looked for
     * @param taker takes the model and the tuples
     * @throws StoreFileException when one of them cannot be used
     * @throws NoSuchFileException when the store file itself is not there
     */
    Contents read(StoreFiles store, Set<String> named, Taker taker) throws IOException {
        Path directory = store.directory();
        return new StoreFileReading(yaml, json, directory, store.storeFile(), false, named, taker).read();
    }

    /**
     * Reads a store file for the person whose files they are: it may have any name and name files anywhere, and faults quote it.
     *
     * @param file the store file
     * @param taker takes the model, the tuples and the tests
     * @throws StoreFileException when one of them cannot be used
     * @throws NoSuchFileException when the store file itself is not there
     */
    Contents readOwn(Path file, Taker taker) throws IOException {
        Path absolute = file.toAbsolutePath();
        String name = absolute.getFileName().toString();
        return new StoreFileReading(yaml, json, absolute.getParent(), name, true, new HashSet<>(), taker).read();
    }

    /**
     * Reads the file of a model for the person whose file it is.
     *
     * @param file a model in the modelling language, as JSON, or the list of its modules, {@code fga.mod}
     * @param image takes the model
     * @return the model's text, which has been checked
     * @throws StoreFileException when one of the files cannot be used
     * @throws NoSuchFileException when the file itself is not there
     */
    String ownModel(Path file, SourceImage image) throws IOException {
        String name = file.getFileName().toString();
        String text = SourceText.of(name, Files.readAllBytes(file));
        ModelText model = name.endsWith(".mod")
                ? ModuleList.read(yaml, name, text).join((place, part) -> ownPart(file, place, part))
                : ModelText.file(name, text);
        image.model(model);
        return model.text();
    }

    private static String ownPart(Path list, Place place, String part) throws IOException {
        try {
            return SourceText.of(part, Files.readAllBytes(list.resolveSibling(part)));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new StoreFileException(place, "there is no file \"" + part + "\", seen from the list");
        }
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
