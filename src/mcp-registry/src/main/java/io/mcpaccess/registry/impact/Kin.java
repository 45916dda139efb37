package io.mcpaccess.registry.impact;

import io.mcpaccess.openfga.StoreSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Subjects of one type that neither side's permissions tell apart: what holds for one of them holds for all.
 *
 * @param members who, as {@code type:id}, encoded; nobody where it stands for everybody else
 * @param before one of them as the permissions of before name him
 * @param after the same one as the permissions of after name him
 * @param isEveryoneElse whether it stands for all subjects of the type whom no tuple names
 */
record Kin(List<String> members, String before, String after, boolean isEveryoneElse) {

    Kin {
        members = List.copyOf(members);
        Objects.requireNonNull(before, "before");
        Objects.requireNonNull(after, "after");
    }

    /** Everybody of a type, both sides naming people alike. */
    static List<Kin> of(StoreSnapshot before, StoreSnapshot after, String type) {
        return of(before, after, type, Map.of(), false);
    }

    /**
     * Everybody of a type where the two sides name people differently.
     *
     * @param renamed the name of after by the name of before, of the people who are known; others have no permission after
     */
    static List<Kin> renamed(StoreSnapshot before, StoreSnapshot after, String type, Map<String, String> renamed) {
        return of(before, after, type, renamed, true);
    }

    private static List<Kin> of(
            StoreSnapshot before, StoreSnapshot after, String type, Map<String, String> renamed, boolean isRenamed) {
        Map<String, Integer> was = before.groups(type);
        Map<String, Integer> is = before == after ? was : after.groups(type);
        String stranger = stranger(type, was, is);
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(isRenamed ? renamed.keySet() : is.keySet());
        Map<List<Integer>, List<String>> kin = new LinkedHashMap<>();
        for (String name : names) {
            String later = isRenamed ? renamed.getOrDefault(name, stranger) : name;
            List<Integer> groups = List.of(was.getOrDefault(name, 0), is.getOrDefault(later, 0));
            kin.computeIfAbsent(groups, each -> new ArrayList<>()).add(name);
        }
        List<Kin> all = new ArrayList<>();
        all.add(new Kin(List.of(), stranger, stranger, true));
        kin.values().forEach(members -> {
            String one = members.get(0);
            all.add(new Kin(members, one, isRenamed ? renamed.getOrDefault(one, stranger) : one, false));
        });
        return all;
    }

    /** A name that no tuple has. */
    private static String stranger(String type, Map<String, Integer> was, Map<String, Integer> is) {
        String name = type + ":nobody-that-a-tuple-names";
        while (was.containsKey(name) || is.containsKey(name)) {
            name += "-";
        }
        return name;
    }
}
