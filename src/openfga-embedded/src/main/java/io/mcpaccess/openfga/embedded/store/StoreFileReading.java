package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.mcpaccess.openfga.Spelling;
import io.mcpaccess.openfga.StoredTuple;
import io.mcpaccess.openfga.embedded.store.LogEntry.SourceFile;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One reading of a store file and of the files that it names. For one thread, and one use. */
final class StoreFileReading {

    private static final List<String> NAMES =
            List.of("name", "model", "model_file", "tuples", "tuple_file", "tuple_files", "tests");
    private static final String MEMBERS = "it has name, model, model_file, tuples, tuple_file, tuple_files and tests";

    private final ObjectMapper yaml;
    private final ObjectMapper json;
    private final Path directory;
    private final String storeFile;
    private final boolean isOwn;
    private final Set<String> named;
    private final StoreFileReader.Taker taker;
    private final List<SourceFile> files = new ArrayList<>();
    private final List<NamedFile> tupleFiles = new ArrayList<>();
    private final List<Early> early = new ArrayList<>();

    /** Files that have shown by a model or a tuple that they are a store's: of these errors may quote lines. */
    private final Set<String> known = new HashSet<>();

    private String name = "";
    private boolean hasModel;
    private Optional<PlainStore> plain = Optional.empty();

    private record NamedFile(Place place, String file) {}

    /** A tuple that stands before the model. */
    private record Early(StoredTuple tuple, Place place) {}

    /** A reading; {@code isOwn} where it is for the person whose files they are. */
    StoreFileReading(
            ObjectMapper yaml,
            ObjectMapper json,
            Path directory,
            String storeFile,
            boolean isOwn,
            Set<String> named,
            StoreFileReader.Taker taker) {
        this.yaml = yaml;
        this.json = json;
        this.directory = directory;
        this.storeFile = storeFile;
        this.isOwn = isOwn;
        this.named = named;
        this.taker = taker;
    }

    StoreFileReader.Contents read() throws IOException {
        try {
            return contents();
        } catch (StoreFileException e) {
            throw isOwn || known.contains(e.place().file()) ? e.showing(lineAt(e.place())) : e.withoutQuote();
        }
    }

    private String lineAt(Place place) {
        if (place.line() == 0) {
            return "";
        }
        try (Stream<String> lines = Files.lines(directory.resolve(place.file()), StandardCharsets.ISO_8859_1)) {
            String line = lines.skip(place.line() - 1L).findFirst().orElse("");
            return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
    }

    private StoreFileReader.Contents contents() throws IOException {
        named.add(storeFile);
        byte[] bytes = Files.readAllBytes(directory.resolve(storeFile));
        files.add(new SourceFile(storeFile, StoreFileReader.digest(bytes)));
        String text = SourceText.of(storeFile, bytes);
        plain = PlainStore.of(storeFile, text, yaml);
        try (JsonParser in =
                yaml.createParser(plain.map(found -> found.tuples().rest()).orElse(text))) {
            TupleParser parser = new TupleParser(storeFile, in, yaml);
            if (in.nextToken() == null) {
                throw new StoreFileException(Place.of(storeFile), "the file is empty; a store has a model and tuples");
            }
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw new StoreFileException(
                        Place.of(storeFile), "this is no store file: name, model and tuples are expected");
            }
            while (in.nextToken() != JsonToken.END_OBJECT) {
                member(in, parser, text);
            }
        } catch (JsonProcessingException e) {
            throw ParserFault.of(storeFile, text, NAMES, e);
        }
        for (Early tuple : early) {
            taker.tuple(tuple.tuple(), tuple.place());
        }
        for (NamedFile tuples : tupleFiles) {
            tupleFile(tuples.place(), tuples.file(), taker);
        }
        return new StoreFileReader.Contents(name, files);
    }

    private void member(JsonParser in, TupleParser parser, String source) throws IOException {
        String member = in.currentName();
        Place place = parser.place();
        in.nextToken();
        if (in instanceof YAMLParser aliased && aliased.isCurrentAlias()) {
            throw parser.fault("YAML aliases are not read here; write the value out");
        }
        switch (member) {
            case "name" -> name = parser.text(member);
            case "model" -> {
                Place text = parser.place();
                model(place, ModelText.within(text, parser.text(member), source));
            }
            case "model_file" -> modelFile(place, parser.text(member));
            case "tuples" ->
                list(
                        parser,
                        place,
                        hasModel
                                ? taker
                                : (tuple, where) -> {
                                    known.add(storeFile);
                                    early.add(new Early(tuple, where));
                                });
            case "tuple_file" -> tupleFiles.add(new NamedFile(place, parser.text(member)));
            case "tuple_files" -> {
                if (parser.isNothing()) {
                    return;
                }
                if (in.currentToken() != JsonToken.START_ARRAY) {
                    throw parser.fault("tuple_files is a list of file names");
                }
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    tupleFiles.add(new NamedFile(parser.place(), parser.text("the name of a tuple file")));
                }
            }
            case "tests" -> taker.tests(in, parser, this::tupleFile);
            default -> {
                if (member.startsWith(StoreFileReader.OF_OTHERS)) {
                    in.skipChildren();
                    return;
                }
                String message = "a store file has no \"" + member + "\"; " + MEMBERS;
                // A slip of the pen tells nothing; anything else may be of another's file.
                boolean isSlip = Spelling.nearest(member, NAMES).isPresent();
                throw new StoreFileException(
                        place, message, isSlip ? message : "a store file has no such member; " + MEMBERS);
            }
        }
    }

    private void list(TupleParser parser, Place place, TupleParser.Sink sink) throws IOException {
        if (plain.isPresent() && plain.get().line() == place.line()) {
            if (hasModel) {
                taker.expect(plain.get().tuples().count());
            }
            plain.get().tuples().read(sink);
        }
        parser.list(sink);
    }

    private void model(Place place, ModelText text) throws StoreFileException {
        refuseSecond(place);
        hasModel = true;
        if (text.looksLikeAModel()) {
            known.add(storeFile);
            known.add(text.place(0, 0).file());
        }
        taker.model(text);
    }

    private void refuseSecond(Place place) throws StoreFileException {
        if (hasModel) {
            throw new StoreFileException(place, "the file has a model already: keep model or model_file");
        }
    }

    private void modelFile(Place place, String file) throws IOException {
        refuseSecond(place);
        String text = named(place, file);
        if (!file.endsWith(".mod")) {
            model(place, ModelText.file(file, text));
            return;
        }
        model(place, ModuleList.read(yaml, file, text).join((where, part) -> {
            String read = named(where, part);
            if (ModelText.file(part, read).looksLikeAModel()) {
                known.add(file);
                known.add(part);
            }
            return read;
        }));
    }

    private void tupleFile(Place place, String file, TupleParser.Sink sink) throws IOException {
        String kind = file.substring(file.lastIndexOf('.') + 1);
        TupleParser.Sink noting = new TupleParser.Sink() {
            private boolean isKnown;

            @Override
            public void tuple(StoredTuple tuple, Place where) throws StoreFileException {
                if (!isKnown) {
                    isKnown = true;
                    known.add(file);
                }
                sink.tuple(tuple, where);
            }
        };
        switch (kind) {
            case "csv" -> {
                String text = named(place, file);
                if (CsvTuples.isMeant(text)) {
                    known.add(file);
                }
                new CsvTuples(file, json).read(text, noting);
            }
            case "yaml", "yml" -> tuples(file, yaml, named(place, file), false, noting);
            case "json" -> tuples(file, json, named(place, file), false, noting);
            case "jsonl" -> tuples(file, json, named(place, file), true, noting);
            default -> throw new StoreFileException(place, "tuples are read from .yaml, .json, .jsonl and .csv files");
        }
    }

    private void tuples(String file, ObjectMapper mapper, String text, boolean areLines, TupleParser.Sink sink)
            throws IOException {
        Optional<PlainTuples> fast = mapper == yaml ? PlainTuples.at(file, text, 0, 1, yaml) : Optional.empty();
        try (JsonParser in = mapper.createParser(fast.map(PlainTuples::rest).orElse(text))) {
            TupleParser parser = new TupleParser(file, in, mapper);
            in.nextToken();
            if (areLines) {
                for (; in.currentToken() != null; in.nextToken()) {
                    parser.tuple(sink);
                }
            } else {
                if (fast.isPresent()) {
                    fast.get().read(sink);
                }
                parser.list(sink);
            }
        } catch (JsonProcessingException e) {
            throw ParserFault.of(file, text, NAMES, e);
        }
    }

    private String named(Place place, String file) throws IOException {
        try {
            Path path = directory.resolve(file).normalize();
            if (!isOwn && !path.startsWith(directory.normalize())) {
                throw new StoreFileException(place, "\"" + file + "\" is not in the store's directory");
            }
            named.add(file);
            if (!path.toRealPath().startsWith(directory.toRealPath()) && !isOwn) {
                throw new StoreFileException(place, "\"" + file + "\" leads out of the store's directory");
            }
            byte[] bytes = Files.readAllBytes(path);
            files.add(new SourceFile(file, StoreFileReader.digest(bytes)));
            return SourceText.of(file, bytes);
        } catch (NoSuchFileException | InvalidPathException e) {
            String where = isOwn ? ", seen from the store file" : " in the store's directory";
            throw new StoreFileException(place, "there is no file \"" + file + "\"" + where);
        }
    }
}
