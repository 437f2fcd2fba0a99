package duka.identity;

/** How names are compared that somebody signs in with. */
final class Folding {

    /**
     * One letter for each, as the database does it: where {@code İ} became two, a name would be
     * another one here and the same one there.
     */
    static String folded(String name) {
        return name.strip()
                .codePoints()
                .map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private Folding() {}
}
