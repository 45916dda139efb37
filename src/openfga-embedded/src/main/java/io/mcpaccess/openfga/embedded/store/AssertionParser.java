package io.mcpaccess.openfga.embedded.store;

import io.mcpaccess.openfga.TupleKey;
import io.mcpaccess.openfga.embedded.CheckRequest;
import io.mcpaccess.openfga.embedded.store.StoreFileException.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads questions of tests and what is expected of them. For one file and one thread. */
final class AssertionParser {

    private static final List<String> CHECK = List.of("user", "users", "object", "objects", "context", "assertions");
    private static final List<String> OBJECTS = List.of("user", "type", "context", "assertions");
    private static final List<String> USERS = List.of("object", "user_filter", "context", "assertions");
    private static final String CONTEXT = "the context of a question is an object of names and values";

    private final TupleParser tokens;
    private final Members members;

    AssertionParser(TupleParser tokens, Members members) {
        this.tokens = tokens;
        this.members = members;
    }

    /** What is expected of a relation. */
    private record Expected<T>(String relation, T value, Place place) {}

    /** One question as it is read: its members come in any order. */
    private static final class Draft<T> {
        private final Map<String, List<String>> texts = new LinkedHashMap<>();
        private Map<String, Object> context = Map.of();
        private final List<Expected<T>> expected = new ArrayList<>();

        private String one(String name) {
            return texts.get(name).get(0);
        }

        /** What one member names, or its plural. */
        private List<String> all(String name, String plural) {
            List<String> all = new ArrayList<>(texts.getOrDefault(name, List.of()));
            all.addAll(texts.getOrDefault(plural, List.of()));
            return all;
        }
    }

    @FunctionalInterface
    private interface Value<T> {
        T read(String relation) throws IOException;
    }

    void check(List<Assertion> into) throws IOException {
        Place place = tokens.place();
        Draft<Boolean> check = draft("a check", CHECK, relation -> members.flag("what is expected of " + relation));
        List<String> users = check.all("user", "users");
        List<String> objects = check.all("object", "objects");
        require(!users.isEmpty(), place, "the check has no user");
        require(!objects.isEmpty(), place, "the check has no object");
        for (String user : users) {
            for (String object : objects) {
                for (Expected<Boolean> each : check.expected) {
                    into.add(new Assertion.OfCheck(
                            new CheckRequest(new TupleKey(user, each.relation(), object), check.context, List.of()),
                            each.value(),
                            each.place()));
                }
            }
        }
    }

    void objects(List<Assertion> into) throws IOException {
        Place place = tokens.place();
        Draft<List<String>> search = draft("a search of list_objects", OBJECTS, this::expectedObjects);
        require(search.texts.containsKey("user"), place, "the search has no user");
        require(search.texts.containsKey("type"), place, "the search has no type of objects");
        String type = search.one("type");
        for (Expected<List<String>> each : search.expected) {
            requireType(each, type, "lists objects of the type");
            into.add(new Assertion.OfObjects(
                    search.one("user"), each.relation(), type, search.context, each.value(), each.place()));
        }
    }

    void users(List<Assertion> into) throws IOException {
        Place place = tokens.place();
        Draft<List<String>> search = draft("a search of list_users", USERS, this::expectedUsers);
        require(search.texts.containsKey("object"), place, "the search has no object");
        require(
                search.texts.containsKey("user_filter"),
                place,
                "the search has no user_filter, such as [{type: user}]");
        String filter = search.one("user_filter");
        for (Expected<List<String>> each : search.expected) {
            requireType(each, filter.replaceFirst("#.*", ""), "lists users of the type");
            into.add(new Assertion.OfUsers(
                    search.one("object"), each.relation(), filter, search.context, each.value(), each.place()));
        }
    }

    private <T> Draft<T> draft(String what, List<String> names, Value<T> value) throws IOException {
        Place place = tokens.place();
        Draft<T> draft = new Draft<>();
        members.known(what, names, (name, where) -> {
            switch (name) {
                case "context" -> draft.context = tokens.values(CONTEXT);
                case "assertions" ->
                    members.any(
                            "assertions name relations and what is expected of each",
                            (relation, at) -> draft.expected.add(new Expected<>(relation, value.read(relation), at)));
                case "users", "objects" -> draft.texts.put(name, members.texts(name + " is a list", "each of " + name));
                case "user_filter" -> draft.texts.put(name, List.of(filter()));
                default -> draft.texts.put(name, List.of(tokens.text(name)));
            }
        });
        require(!draft.expected.isEmpty(), place, what + " needs assertions: a relation and what is expected of it");
        return draft;
    }

    private List<String> expectedObjects(String relation) throws IOException {
        return members.texts(relation + " is a list of objects, such as [tool:pay]", "an object");
    }

    private List<String> expectedUsers(String relation) throws IOException {
        List<String> users = new ArrayList<>();
        Place place = tokens.place();
        List<String> given = new ArrayList<>();
        members.known("what is expected of a list of users", List.of("users"), (name, where) -> {
            given.add(name);
            users.addAll(members.texts("users is a list, such as [user:alice]", "a user"));
        });
        require(!given.isEmpty(), place, relation + " needs users, a list that may be empty");
        return users;
    }

    /** OpenFGA takes exactly one filter. */
    private String filter() throws IOException {
        Place place = tokens.place();
        List<String> filters = new ArrayList<>();
        members.list("user_filter is a list with one filter, such as [{type: user}]", () -> {
            Map<String, String> filter = new LinkedHashMap<>();
            members.known("a filter", List.of("type", "relation"), (name, where) -> {
                if (!tokens.isNothing()) {
                    filter.put(name, tokens.text(name));
                }
            });
            require(filter.containsKey("type"), place, "the filter has no type");
            filters.add(filter.get("type") + (filter.containsKey("relation") ? "#" + filter.get("relation") : ""));
        });
        require(filters.size() == 1, place, "user_filter has exactly one filter; make a search of its own for another");
        return filters.get(0);
    }

    /** What can never be found is a slip of the pen. */
    private static void requireType(Expected<List<String>> expected, String type, String lists) throws IOException {
        for (String each : expected.value()) {
            require(
                    each.startsWith(type + ":"),
                    expected.place(),
                    "\"" + each + "\" cannot be found: this search " + lists + " " + type + ", written " + type
                            + ":id");
        }
    }

    private static void require(boolean holds, Place place, String fault) throws StoreFileException {
        if (!holds) {
            throw new StoreFileException(place, fault);
        }
    }
}
