package duka.identity.web;

import duka.identity.AccountKeeping;
import duka.identity.UserId;
import duka.web.Caller;
import duka.web.MergePatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth/profile")
@Tag(name = "profile")
class ProfileController {

    private final AccountKeeping accounts;

    ProfileController(AccountKeeping accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(summary = "One's own profile")
    ProfileForm profile(Caller caller) {
        return ProfileForm.of(accounts.find(new UserId(caller.id())).profile());
    }

    @PutMapping
    @Operation(summary = "Write one's profile anew")
    ProfileForm replaceProfile(Caller caller, @Valid @RequestBody ProfileForm wish) {
        return ProfileForm.of(
                accounts.changeProfile(new UserId(caller.id()), wish::profileKeepingNamesOf)
                        .profile());
    }

    @PatchMapping
    @Operation(summary = "Change some of one's profile")
    ProfileForm changeProfile(Caller caller, @RequestBody MergePatch<ProfileForm> wish) {
        return ProfileForm.of(
                accounts.changeProfile(
                                new UserId(caller.id()),
                                profile -> wish.applyTo(ProfileForm.of(profile)).profile())
                        .profile());
    }
}
