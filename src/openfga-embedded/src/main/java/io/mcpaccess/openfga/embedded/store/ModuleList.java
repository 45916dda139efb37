package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpaccess.openfga.embedded.model.ModularModel;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of a model's files, {@code fga.mod}: {@code schema}, which is 1.2, and {@code contents}.
 *
 * @param list its own name
 * @param files as they are named, relative to the list's own directory; at least one, each once
 */
record ModuleList(String list, List<NamedPart> files) {

    private static final List<String> NAMES = List.of("schema", "contents");

    /** A file of the list. */
    record NamedPart(Place place, String file) {}

    /** Reads a file that is named at some place. */
    @FunctionalInterface
    interface NamedFiles {
        String read(Place place, String file) throws IOException;
    }

    /**
     * Reads the list.
     *
     * @param file its name, for places
     * @param text what stands in it
     * @throws StoreFileException where it is none
     */
    static ModuleList read(ObjectMapper yaml, String file, String text) throws IOException {
        List<NamedPart> files = new ArrayList<>();
        boolean hasSchema = false;
        try (JsonParser in = yaml.createParser(text)) {
            TupleParser parser = new TupleParser(file, in, yaml);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new StoreFileException(Place.of(file), "a list of modules has schema and contents");
            }
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String member = in.currentName();
                Place place = parser.place();
                in.nextToken();
                switch (member) {
                    case "schema" -> {
                        hasSchema = true;
                        if (!in.getText().equals("1.2")) {
                            throw parser.fault("modules are of schema '1.2'");
                        }
                    }
                    case "contents" -> contents(in, parser, files);
                    default -> throw new StoreFileException(place, "a list of modules has schema and contents alone");
                }
            }
        } catch (JsonProcessingException e) {
            throw ParserFault.of(file, text, NAMES, e);
        }
        if (!hasSchema || files.isEmpty()) {
            throw new StoreFileException(
                    Place.of(file), "a list of modules has schema, '1.2', and contents, the names of its files");
        }
        return new ModuleList(file, List.copyOf(files));
    }

    /**
     * Reads the files of the list and joins them.
     *
     * @param reader reads them; they are named as the list itself is
     */
    ModelText join(NamedFiles reader) throws IOException {
        String folder = list.substring(0, list.lastIndexOf('/') + 1);
        List<ModularModel.Part> parts = new ArrayList<>();
        for (NamedPart part : files) {
            String file = folder + part.file();
            parts.add(new ModularModel.Part(file, reader.read(part.place(), file)));
        }
        return ModelText.joined(list, ModularModel.of(parts));
    }

    private static void contents(JsonParser in, TupleParser parser, List<NamedPart> files) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw parser.fault("contents is a list of file names");
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            String name = parser.text("the name of a module's file");
            if (!name.endsWith(".fga")) {
                throw parser.fault("the files of a model in modules end in .fga");
            }
            if (files.stream().anyMatch(other -> other.file().equals(name))) {
                throw parser.fault("the file is in the list already");
            }
            files.add(new NamedPart(parser.place(), name));
        }
    }
}
