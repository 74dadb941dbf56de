/** An account as the database has it, and as the rest of the program knows it. */
import { roleIdSchema, type SignedInAccount } from '../../geodata/contract/session.ts';

export type AccountRow = {
  id: string;
  username: string;
  display_name: string;
  role: string;
  layers: string[];
  units: string[];
  must_change_password: boolean;
};

export function toAccount(row: AccountRow): SignedInAccount {
  return {
    role: roleIdSchema.parse(row.role),
    id: row.id,
    username: row.username,
    name: row.display_name,
    layers: row.layers,
    units: row.units,
    mustChangePassword: row.must_change_password,
  };
}
