package io.mcpaccess.openfga.embedded.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.mcpaccess.openfga.Spelling;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Walks through objects and lists of a file, strictly: what is not known is a fault. For one file and one thread. */
final class Members {

    private final JsonParser in;
    private final TupleParser tokens;

    Members(JsonParser in, TupleParser tokens) {
        this.in = in;
        this.tokens = tokens;
    }

    /** Reads a member's value; it is the current token. */
    @FunctionalInterface
    interface Member {
        void read(String name, Place place) throws IOException;
    }

    /** Reads an item of a list; its beginning is the current token. */
    @FunctionalInterface
    interface Item {
        void read() throws IOException;
    }

    /** Reads an object that has these members, each at most once. */
    void known(String what, List<String> names, Member member) throws IOException {
        any(what + " has " + listed(names), (name, place) -> {
            if (!names.contains(name)) {
                String meant = Spelling.nearest(name, names)
                        .map(near -> "; \"" + near + "\" may be meant")
                        .orElse("");
                throw new StoreFileException(
                        place, what + " has no \"" + name + "\"" + meant + "; it has " + listed(names));
            }
            member.read(name, place);
        });
    }

    /** Reads an object with names that the file chooses. */
    void any(String expected, Member member) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw tokens.fault(expected);
        }
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            Place place = tokens.place();
            in.nextToken();
            refuseAlias();
            member.read(name, place);
        }
    }

    /** Reads a list; nothing at all is an empty one. */
    void list(String expected, Item item) throws IOException {
        if (tokens.isNothing()) {
            return;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw tokens.fault(expected);
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            refuseAlias();
            item.read();
        }
    }

    /** Reads a list of texts. */
    List<String> texts(String expected, String item) throws IOException {
        List<String> texts = new ArrayList<>();
        list(expected, () -> texts.add(tokens.text(item)));
        return texts;
    }

    /** Reads true or false. */
    boolean flag(String what) throws IOException {
        return switch (in.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw tokens.fault(what + " must be true or false, without quotes");
        };
    }

    private void refuseAlias() throws IOException {
        if (in instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw tokens.fault("YAML aliases are not read here; write the value out");
        }
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1);
    }
}
