package duka.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** As much of RFC 6902 as changes something. */
final class JsonPatch {

    private JsonPatch() {}

    static void apply(List<Object> operations, Map<String, Object> document) {
        operations.forEach(operation -> apply(Yaml.map(operation), document));
    }

    private static void apply(Map<String, Object> operation, Map<String, Object> document) {
        if (!Set.of("op", "path", "value").containsAll(operation.keySet())) {
            throw new IllegalArgumentException("not understood: " + operation);
        }
        String path = (String) operation.get("path");
        var steps = List.of(path.substring(1).split("/"));
        Object parent = document;
        for (String step : steps.subList(0, steps.size() - 1)) {
            parent = child(parent, unescaped(step), path);
        }
        String last = unescaped(steps.getLast());
        String op = (String) operation.get("op");
        if (!op.equals("add")) {
            child(parent, last, path); // must be there
        }
        switch (op) {
            case "add" -> add(parent, last, operation.get("value"));
            case "replace" -> replace(parent, last, operation.get("value"));
            case "remove" -> remove(parent, last);
            default -> throw new IllegalArgumentException("not understood: " + operation);
        }
    }

    private static String unescaped(String step) {
        return step.replace("~1", "/").replace("~0", "~");
    }

    private static Object child(Object parent, String step, String path) {
        Object child = null;
        if (parent instanceof Map<?, ?> map) {
            child = map.get(step);
        } else if (parent instanceof List<?> list && Integer.parseInt(step) < list.size()) {
            child = list.get(Integer.parseInt(step));
        }
        if (child == null) {
            throw new IllegalArgumentException("no %s in %s".formatted(step, path));
        }
        return child;
    }

    private static void add(Object parent, String step, Object value) {
        if (!(parent instanceof List<?>)) {
            Yaml.map(parent).put(step, value);
        } else if (step.equals("-")) {
            Yaml.list(parent).add(value);
        } else {
            Yaml.list(parent).add(Integer.parseInt(step), value);
        }
    }

    private static void replace(Object parent, String step, Object value) {
        if (parent instanceof List<?>) {
            Yaml.list(parent).set(Integer.parseInt(step), value);
        } else {
            Yaml.map(parent).put(step, value);
        }
    }

    private static void remove(Object parent, String step) {
        if (parent instanceof List<?>) {
            Yaml.list(parent).remove(Integer.parseInt(step));
        } else {
            Yaml.map(parent).remove(step);
        }
    }
}
