/** Whose work it was, by name where the staff may be read. */

import type { StaffMember } from "../api/types"
import { all } from "../listing.svelte"
import { Loading } from "../loading.svelte"
import { may } from "../session.svelte"
import { t } from "../texts.svelte"

export class People {
  readonly #staff = new Loading(() => all<StaffMember>("/staff"))
  readonly #names = $derived(new Map((this.#staff.value ?? []).map((each) => [each.id, each.name])))

  load(): void {
    if (may("read_staff")) void this.#staff.load()
  }

  who(id: number | null): string {
    return id === null ? t("home.unassisted") : (this.#names.get(id) ?? t("home.person", { number: id }))
  }
}
