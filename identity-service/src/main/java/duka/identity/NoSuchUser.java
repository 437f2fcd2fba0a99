package duka.identity;

public class NoSuchUser extends RuntimeException {

    NoSuchUser(UserId id) {
        super("There is no user %s.".formatted(id));
    }
}
