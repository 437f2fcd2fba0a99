package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import duka.events.AccountEvent.Standing;
import duka.identity.Actor;
import duka.identity.Business;
import duka.identity.Selling;
import duka.identity.UserId;
import duka.identity.Vendor;
import duka.identity.VendorSearch;
import duka.web.Caller;
import duka.web.ETags;
import duka.web.IfMatch;
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
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
@RequestMapping(VendorController.PATH)
@Tag(name = "vendors")
class VendorController {

    static final String PATH = "/api/v1/vendors";

    private static final Map<String, String> COLUMNS =
            Map.of("business_name", "lower(business_name)", "applied_at", "applied_at");

    private final Selling selling;

    VendorController(Selling selling) {
        this.selling = selling;
    }

    /** What an application says. */
    record Application(
            @NotBlank
                    @Size(max = 100)
                    @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                    @Schema(example = "Otieno Crafts")
                    String businessName,
            @NotBlank
                    @Size(max = 255)
                    @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                    @Schema(example = "12 Moi Avenue, Nairobi")
                    String businessAddress,
            @Positive @Schema(example = "5120034") @Nullable Long businessId) {

        Business business() {
            return new Business(
                    Texts.titled(businessName), Texts.given(businessAddress), businessId);
        }
    }

    /**
     * What may be changed of a vendor.
     *
     * @param version that the change is meant for, for clients that have no If-Match
     */
    record BusinessForm(
            @NotBlank
                    @Size(max = 100)
                    @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                    String businessName,
            @NotBlank
                    @Size(max = 255)
                    @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                    String businessAddress,
            @Positive @Nullable Long businessId,
            @Nullable Long version) {

        static BusinessForm of(Vendor vendor) {
            var business = vendor.business();
            return new BusinessForm(
                    business.name(), business.address(), business.id(), vendor.version());
        }

        Business business() {
            return new Business(
                    Texts.titled(businessName), Texts.given(businessAddress), businessId);
        }
    }

    record Suspension(
            @NotBlank
                    @Size(max = 500)
                    @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_ONLY)
                    @Schema(example = "The business is not registered.")
                    String reason) {}

    /** Everybody sees the name of an approved vendor; the rest is its own and the staff's. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VendorView(
            UUID id,
            String businessName,
            Standing standing,
            @Nullable String businessAddress,
            @Nullable Long businessId,
            @Nullable String reason,
            @Nullable Long version,
            @Nullable Instant appliedAt,
            @Nullable Instant updatedAt) {

        static VendorView whole(Vendor vendor) {
            return new VendorView(
                    vendor.id().value(),
                    vendor.business().name(),
                    vendor.standing(),
                    vendor.business().address(),
                    vendor.business().id(),
                    vendor.reason(),
                    vendor.version(),
                    vendor.applied(),
                    vendor.changed());
        }

        static VendorView open(Vendor vendor) {
            return new VendorView(
                    vendor.id().value(),
                    vendor.business().name(),
                    vendor.standing(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Apply to sell in the shop",
            description =
                    "Needs a verified email address. One may go on buying. The role VENDOR is in"
                            + " the next access token: refresh it.")
    @ApiResponse(responseCode = "201", description = "Under review")
    @ApiResponse(
            responseCode = "409",
            description = "One is a vendor already, or the business id is another's")
    ResponseEntity<VendorView> applyAsVendor(
            Caller caller, Actor actor, @Valid @RequestBody Application wish) {
        var vendor = selling.apply(new UserId(caller.id()), wish.business(), actor);
        return ResponseEntity.created(URI.create(PATH + "/" + vendor.id()))
                .eTag(ETags.of(vendor.version()))
                .body(VendorView.whole(vendor));
    }

    @GetMapping
    @Operation(
            summary = "Vendors",
            description =
                    "Everybody sees the approved ones; admins and store managers see all, and"
                            + " filter them by standing. search: part of the name; ordering:"
                            + " business_name, applied_at, with - before it for downwards.")
    Results<VendorView> listVendors(
            Optional<Caller> caller,
            Paging paging,
            @RequestParam(required = false) @Size(max = 100) @Nullable String search,
            @RequestParam(required = false) @Nullable Standing standing,
            @RequestParam(required = false) @Nullable String ordering) {
        var order = Sorting.parse(ordering, COLUMNS, "business_name").sql();
        var staff = caller.filter(Caller::isStaff).isPresent();
        if (!staff && standing != null && standing != Standing.APPROVED) {
            throw Problems.invalid("standing", "is APPROVED for all but staff");
        }
        var which =
                new VendorSearch(Texts.blankToNull(search), staff ? standing : Standing.APPROVED);
        var found =
                selling.list(which, order, paging.size(), paging.offset()).stream()
                        .map(staff ? VendorView::whole : VendorView::open)
                        .toList();
        return Results.of(found, selling.count(which), paging);
    }

    @GetMapping("/me")
    @Operation(summary = "One's own vendor")
    ResponseEntity<VendorView> ownVendor(Caller caller) {
        return shown(
                selling.find(new UserId(caller.id()))
                        .orElseThrow(
                                () ->
                                        new Refused(
                                                HttpStatus.NOT_FOUND,
                                                "no-such-vendor",
                                                "You have not applied to sell here.")));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "A vendor",
            description = "Everybody sees an approved one; its owner and staff see it whole.")
    ResponseEntity<VendorView> vendor(@PathVariable UUID id, Optional<Caller> caller) {
        var vendor = selling.find(new UserId(id)).orElseThrow(VendorController::noSuchVendor);
        if (caller.filter(it -> it.isStaff() || it.id().equals(id)).isPresent()) {
            return shown(vendor);
        }
        if (!vendor.isApproved()) {
            throw noSuchVendor();
        }
        return ResponseEntity.ok(VendorView.open(vendor));
    }

    @PatchMapping("/{id}")
    @Operation(
            summary = "Change a vendor's business data",
            description =
                    "Its own, or an admin. It is reviewed again and does not sell till then; a"
                            + " suspended one stays suspended.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @ApiResponse(
            responseCode = "409",
            description = "Closed, changed meanwhile, or the business id is another's")
    ResponseEntity<VendorView> changeVendor(
            @PathVariable UUID id,
            @RequestBody MergePatch<BusinessForm> wish,
            IfMatch ifMatch,
            Caller caller,
            Actor actor) {
        return change(mine(id, caller), wish, ifMatch, actor);
    }

    @PatchMapping("/me")
    @Operation(
            summary = "Change one's own business data",
            description =
                    "It is reviewed again and does not sell till then; a suspended one stays"
                            + " suspended.")
    @ApiResponse(responseCode = "200", description = "Changed")
    @ApiResponse(
            responseCode = "409",
            description = "Closed, changed meanwhile, or the business id is another's")
    ResponseEntity<VendorView> changeOwnVendor(
            @RequestBody MergePatch<BusinessForm> wish,
            IfMatch ifMatch,
            Caller caller,
            Actor actor) {
        return change(new UserId(caller.id()), wish, ifMatch, actor);
    }

    @DeleteMapping("/{id}")
    @Operation(
            summary = "Close a vendor",
            description =
                    "Admins only. It sells no more; its owner is a customer still and may apply"
                            + " again.")
    VendorView closeVendor(@PathVariable UUID id, Actor actor) {
        return VendorView.whole(selling.close(new UserId(id), actor));
    }

    @PostMapping("/{id}/approve")
    @Operation(
            summary = "Let a vendor sell",
            description = "Admins only. With If-Match, only what the admin has seen.")
    @ApiResponse(responseCode = "200", description = "It sells")
    @ApiResponse(responseCode = "409", description = "Closed")
    ResponseEntity<VendorView> approveVendor(@PathVariable UUID id, IfMatch ifMatch, Actor actor) {
        return shown(selling.approve(new UserId(id), ifMatch::check, actor));
    }

    @PostMapping("/{id}/suspend")
    @Operation(
            summary = "Let a vendor sell no more for now",
            description = "Admins only. The vendor is told the reason.")
    @ApiResponse(responseCode = "200", description = "It sells no more")
    @ApiResponse(responseCode = "409", description = "Closed")
    ResponseEntity<VendorView> suspendVendor(
            @PathVariable UUID id,
            @Valid @RequestBody Suspension wish,
            IfMatch ifMatch,
            Actor actor) {
        return shown(selling.suspend(new UserId(id), ifMatch::check, wish.reason().strip(), actor));
    }

    private ResponseEntity<VendorView> change(
            UserId id, MergePatch<BusinessForm> wish, IfMatch ifMatch, Actor actor) {
        return shown(selling.change(id, before -> changed(before, wish, ifMatch), actor));
    }

    private static Business changed(Vendor before, MergePatch<BusinessForm> wish, IfMatch ifMatch) {
        ifMatch.check(before.version());
        var after = wish.applyTo(BusinessForm.of(before));
        if (after.version() != null && after.version() != before.version()) {
            throw new Refused(
                    HttpStatus.CONFLICT,
                    "changed-meanwhile",
                    "It has changed since you read it: its version now is %d."
                            .formatted(before.version()));
        }
        return after.business();
    }

    private static ResponseEntity<VendorView> shown(Vendor vendor) {
        return ResponseEntity.ok().eTag(ETags.of(vendor.version())).body(VendorView.whole(vendor));
    }

    private static UserId mine(UUID id, Caller caller) {
        if (!caller.isAdmin() && !caller.id().equals(id)) {
            throw noSuchVendor();
        }
        return new UserId(id);
    }

    private static Refused noSuchVendor() {
        return new Refused(HttpStatus.NOT_FOUND, "no-such-vendor", "There is no such vendor.");
    }
}
