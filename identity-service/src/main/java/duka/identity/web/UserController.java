package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.AccountKeeping;
import duka.identity.AccountKeeping.Change;
import duka.identity.Actor;
import duka.identity.Profile;
import duka.identity.Role;
import duka.identity.User;
import duka.identity.UserId;
import duka.identity.UserSearch;
import duka.web.Caller;
import duka.web.MergePatch;
import duka.web.Paging;
import duka.web.Refused;
import duka.web.Results;
import duka.web.Sorting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users")
@Tag(name = "users")
class UserController {

    private static final Map<String, String> COLUMNS =
            Map.of(
                    "date_joined", "joined_at",
                    "username", "lower(username)",
                    "email", "lower(email)");

    private final AccountKeeping accounts;

    UserController(AccountKeeping accounts) {
        this.accounts = accounts;
    }

    /** What may be changed of an account. */
    record AccountForm(
            @Size(max = 150)
                    @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                    @Schema(example = "Amina")
                    @Nullable String firstName,
            @Size(max = 150)
                    @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                    @Schema(example = "Otieno")
                    @Nullable String lastName,
            @Size(max = 20)
                    @Pattern(regexp = Texts.PHONE, message = Texts.PHONE_ONLY)
                    @Schema(example = "+254700000001")
                    @Nullable String phoneNumber,
            @NotNull Boolean emailVerified,
            @JsonProperty("is_active") @NotNull Boolean active) {

        static AccountForm of(User user) {
            var profile = user.profile();
            return new AccountForm(
                    profile.firstName(),
                    profile.lastName(),
                    profile.phoneNumber(),
                    user.emailVerified(),
                    user.active());
        }

        boolean isForAdmins(User before) {
            return active != before.active() || emailVerified != before.emailVerified();
        }

        Profile in(Profile before) {
            return new Profile(
                    Texts.titled(firstName),
                    Texts.titled(lastName),
                    Texts.phone(phoneNumber),
                    before.addressLine1(),
                    before.addressLine2(),
                    before.city(),
                    before.country(),
                    before.postalCode());
        }
    }

    record Roles(
            @NotEmpty @Size(max = 10) @Schema(example = "[\"CUSTOMER\", \"STORE_MANAGER\"]")
                    List<@NotNull String> roles) {}

    @GetMapping
    @Operation(
            summary = "All users",
            description =
                    "Admins only. search: part of a username, email address or name; ordering: "
                            + "date_joined, username, email, with - before it for downwards.")
    Results<UserView> users(
            Paging paging,
            @RequestParam(required = false) @Size(max = 254) @Nullable String search,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(name = "is_active", required = false) @Nullable Boolean active,
            @RequestParam(required = false) @Nullable String ordering) {
        var order = Sorting.parse(ordering, COLUMNS, "-date_joined").sql();
        var whom =
                new UserSearch(
                        search == null || search.isBlank() ? null : search.strip(),
                        role == null || role.isBlank() ? null : role("role", role),
                        active);
        var found =
                accounts.list(whom, order, paging.size(), paging.offset()).stream()
                        .map(UserView::of)
                        .toList();
        return Results.of(found, accounts.count(whom), paging);
    }

    @GetMapping("/me")
    @Operation(summary = "One's own account")
    UserView me(Caller caller) {
        return UserView.of(accounts.find(new UserId(caller.id())));
    }

    @GetMapping("/{id}")
    @Operation(summary = "An account", description = "One's own; an admin sees any.")
    UserView user(@PathVariable UUID id, Caller caller) {
        return UserView.of(accounts.find(visible(id, caller)));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change an account",
            description =
                    "One's own names and phone number; an admin changes anybody's, and is_active"
                            + " and email_verified.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @ApiResponse(
            responseCode = "409",
            description = "The phone number is another's, or the shop would lose its last admin")
    UserView changeUser(
            @PathVariable UUID id,
            @RequestBody MergePatch<AccountForm> wish,
            Caller caller,
            Actor actor) {
        return UserView.of(
                accounts.change(
                        visible(id, caller),
                        caller.isAdmin(),
                        before -> changed(before, wish, caller),
                        actor));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Deactivate an account",
            description =
                    "Admins only. Nobody can sign in to it or stay signed in; what it has done"
                            + " stays. 409 if the shop would lose its last admin.")
    @ApiResponse(responseCode = "204", description = "Deactivated")
    @ApiResponse(responseCode = "409", description = "The shop would lose its last admin")
    void deactivateUser(@PathVariable UUID id, Actor actor) {
        accounts.deactivate(new UserId(id), actor);
    }

    @PostMapping("/{id}/reactivate")
    @Operation(summary = "Let somebody sign in again", description = "Admins only.")
    UserView reactivateUser(@PathVariable UUID id, Actor actor) {
        return UserView.of(accounts.reactivate(new UserId(id), actor));
    }

    @PostMapping("/{id}/roles")
    @Operation(
            summary = "Say what somebody is",
            description =
                    "Admins only; replaces all roles. Whoever loses one is signed out. 409 if the"
                            + " shop would lose its last admin, or a vendor that is not closed its"
                            + " role.")
    @ApiResponse(responseCode = "200", description = "Those are their roles now")
    @ApiResponse(
            responseCode = "409",
            description = "The shop would lose its last admin, or a vendor its role")
    UserView giveRoles(@PathVariable UUID id, @Valid @RequestBody Roles wish, Actor actor) {
        var roles =
                wish.roles().stream().map(name -> role("roles", name)).collect(Collectors.toSet());
        return UserView.of(accounts.giveRoles(new UserId(id), roles, actor));
    }

    private static Change changed(User before, MergePatch<AccountForm> wish, Caller caller) {
        var after = wish.applyTo(AccountForm.of(before));
        if (after.isForAdmins(before) && !caller.isAdmin()) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "Only an admin changes is_active and email_verified.");
        }
        if (after.emailVerified() && before.email() == null) {
            throw Problems.invalid("email_verified", "needs an email address");
        }
        return new Change(after.in(before.profile()), after.emailVerified(), after.active());
    }

    private static UserId visible(UUID id, Caller caller) {
        if (!caller.isAdmin() && !caller.id().equals(id)) {
            throw new Refused(HttpStatus.NOT_FOUND, "no-such-user", "There is no such user.");
        }
        return new UserId(id);
    }

    private static Role role(String field, String name) {
        try {
            return Role.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problems.invalid(field, "must be of " + Arrays.toString(Role.values()));
        }
    }
}
